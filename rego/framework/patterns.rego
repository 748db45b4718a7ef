# Patterns of policies. They are anchored as text and nothing more: `A|B` becomes `^A|B$`, and a pattern that already
# ends in `\$` stays open at its end. Policies depend on it.
package framework

# METADATA
# description: the pattern with `^` in front and `$` behind, where they are not there already
anchor_pattern(p) := concat("", [_opening(p), p, _closing(p)])

_opening(p) := "" if startswith(p, "^")

_opening(p) := "^" if not startswith(p, "^")

_closing(p) := "" if endswith(p, "$")

_closing(p) := "$" if not endswith(p, "$")

_pattern_ok(p, text) if regex.match(anchor_pattern(p), text)
