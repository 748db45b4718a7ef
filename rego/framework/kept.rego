# What the enforcer keeps about its state beside the state itself, so that nobody has to search for it. An enforcer leaves
# this file out where a policy could put another state in the place of its own, by `with`.
package framework

# IDs in `data.metadata.matches` with characters other than letters, digits, `_` and `-`
_kept_odd_container_ids := data["cce-policy"].odd_container_ids
