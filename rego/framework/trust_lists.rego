# Transparency trust lists: which ledgers' keys are taken from a list that somebody signed.
package framework

# METADATA
# description: decides on loading a transparency trust list
# scope: document
# custom: {point: load_transparency_trust_list, introduced: 0.12.0}
default load_transparency_trust_list := {"allowed": false}

load_transparency_trust_list := {"allowed": true, "allowed_ledgers": _trusted_ledgers} if count(_trusted_ledgers) > 0

errors contains "no TTL candidate matches the provided TTL's issuer, subject and svn" if {
	input.rule == "load_transparency_trust_list"
	count(_trust_list_candidates) == 0
}

errors contains "The provided TTL does not contain any ledgers it is allowed to load" if {
	input.rule == "load_transparency_trust_list"
	count(_trust_list_candidates) > 0
	count(_trusted_ledgers) == 0
	_present(input.ledgers)
}

_trust_list_candidates := [list |
	some list in candidate_transparency_trust_lists
	list.issuer == input.issuer
	list.subject == input.subject
	svn_ok(input.svn, list.minimum_svn)
]

_trusted_ledgers := {ledger |
	some ledger in input.ledgers
	_ledger_listed(ledger)
}

_ledger_listed(_) if "*" in _listed_ledgers

_ledger_listed(ledger) if ledger in _listed_ledgers

_listed_ledgers := {ledger |
	some list in _trust_list_candidates
	some ledger in list.allowed_ledgers
}
