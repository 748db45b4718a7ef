package framework_test

import data.framework

test_anchors_are_added_as_text if {
	every pattern, anchored in {
		"": "^$",
		"a": "^a$",
		"^a": "^a$",
		"a$": "^a$",
		"^a$": "^a$",
		"a|b": "^a|b$",
		`a\$`: `^a\$`,
		"^": "^$",
		"$": "^$",
	} {
		framework.anchor_pattern(pattern) == anchored
	}
}

test_only_texts_can_be_anchored if {
	every pattern in [null, 5, true, [], {}] {
		not framework.anchor_pattern(pattern)
	}
}

re2_rule(pattern) := {"pattern": pattern, "strategy": "re2"}

test_anchored_patterns_do_not_group if {
	framework.env_rule_ok(re2_rule("A=1|B=2"), "A=1 and more")
	framework.env_rule_ok(re2_rule("A=1|B=2"), "more and B=2")
	not framework.env_rule_ok(re2_rule("A=1"), "A=1 and more")
	framework.env_rule_ok(re2_rule(`A=\$`), "A=$ and more")
}

test_patterns_follow_re2 if {
	every invalid in ["A=(?=x)", `(A)\1`, "A{1001}", "A=("] {
		not framework.env_rule_ok(re2_rule(invalid), "A=x")
	}
	framework.env_rule_ok(re2_rule("(?i)k"), "\u212a")
	framework.env_rule_ok(re2_rule("a.b"), "a\u2028b")
	not framework.env_rule_ok(re2_rule("a.b"), "a\nb")
	not framework.env_rule_ok(re2_rule("a"), "a\n")
}
