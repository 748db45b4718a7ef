# Loading a fragment, in two steps: first its issuer, feed and receipts are judged without its text; then, with its
# module in place, its version and what to take from it.
package framework

# METADATA
# description: decides on loading a fragment
# scope: document
# custom: {point: load_fragment, introduced: 0.9.0}
default load_fragment := {"allowed": false}

load_fragment := {"allowed": true, "parameters": _fragment_parameters} if {
	not input.fragment_loaded
	some fragment in _feed_candidates
	_header_svn_ok(fragment)
	_receipts_ok(fragment)
}

load_fragment := {
	"allowed": true,
	"add_module": "namespace" in fragment.includes,
	"metadata": array.concat([_remember_fragment(fragment)], _remember_parameters),
} if {
	input.fragment_loaded
	some fragment in _feed_candidates
	_fragment_svn_ok(fragment)
}

error_objects := candidate_fragments if input.rule == "load_fragment"

# The admissions for the issuer and feed of the fragment.
_feed_candidates := [fragment |
	some fragment in candidate_fragments
	fragment.issuer == input.issuer
	fragment.feed == input.feed
]

_header_svn_ok(_) if not input.has_header_svn

_header_svn_ok(fragment) if {
	input.has_header_svn
	svn_ok(input.header_svn, fragment.minimum_svn)
}

_receipts_ok(fragment) if {
	every requirement in object.get(fragment, "required_receipts", []) { _receipt_present(requirement) }
}

_receipt_present("*") if {
	some _ in input.receipts
}

_receipt_present(requirement) if {
	startswith(requirement, "TTL:")
	some receipt in input.receipts
	substring(requirement, 4, -1) in receipt.ttl_subjects
}

_receipt_present(requirement) if {
	requirement != "*"
	not startswith(requirement, "TTL:")
	some receipt in input.receipts
	receipt.issuer == requirement
}

# The sets of parameters under which the fragment is to be loaded, one after another.
_fragment_parameters := array.concat(
	[entry.parameters |
		some entry in data.metadata.fragment_parameters
		entry.issuer == input.issuer
		entry.feed == input.feed
	],
	[fragment.parameters |
		some fragment in policy_fragments
		fragment.issuer == input.issuer
		fragment.feed == input.feed
		fragment.parameters
	],
)

_fragment_svn := data[input.namespace].svn

_fragment_svn_stated if data[input.namespace].svn

# A module and its envelope that both state a version must state the same one.
_fragment_svn_ok(fragment) if {
	_fragment_svn_stated
	not input.has_header_svn
	svn_ok(_fragment_svn, fragment.minimum_svn)
}

_fragment_svn_ok(fragment) if {
	_fragment_svn_stated
	input.has_header_svn
	_numbers_equal(input.header_svn, _fragment_svn)
	svn_ok(_fragment_svn, fragment.minimum_svn)
}

_fragment_svn_ok(fragment) if {
	not _fragment_svn_stated
	input.has_header_svn
	svn_ok(input.header_svn, fragment.minimum_svn)
}

# What the fragment brings is put in front of what the same feed brought before.
_remember_fragment(fragment) := _update("issuers", input.issuer, issuer) if {
	brought := {name: objects | some name in fragment.includes; objects := _fragment_objects(name)}
	_fragment_version_ok
	issuer := object.union(_known_issuer, {"feeds": {input.feed: array.concat([brought], _known_feed)}})
}

_remember_parameters := [operation |
	some fragment in _exported_fragments
	fragment.parameters
	operation := {
		"name": "fragment_parameters",
		"action": "add",
		"type": "set",
		"value": {
			"issuer": fragment.issuer,
			"feed": fragment.feed,
			"parameters": fragment.parameters,
		},
	}
]

default _known_issuer := {}

_known_issuer := data.metadata.issuers[input.issuer]

default _known_feed := []

_known_feed := data.metadata.issuers[input.issuer].feeds[input.feed]
