import pytest

from validators.grading import grade_issues
from validators.issues import empty_issues, make_issues
from validators.verdict import judge

ISSUES = make_issues(
    [
        (0, "email", "email.invalid", "x", None),
        (0, "phone", "phone.impossible", "x", None),
        (2, "email", "email.invalid", "y", None),
        (3, "email", "email.role", "info@x.de", None),
        (3, "city", "cell.mojibake", "Ã¼", "ü"),
        (-1, "birth_date", "date.ambiguous", None, None),
    ]
)


def test_codes_are_counted_by_finding_and_by_row_gravest_first():
    verdict = judge(ISSUES, rows=5)
    assert [(c.code, c.severity, c.findings, c.rows) for c in verdict.codes] == [
        ("email.invalid", "error", 2, 2),
        ("phone.impossible", "error", 1, 1),
        ("date.ambiguous", "warning", 1, 0),
        ("email.role", "warning", 1, 1),
        ("cell.mojibake", "repaired", 1, 1),
    ]
    assert verdict.rows == 5
    assert verdict.rows_with_errors == 2
    assert (verdict.findings("error"), verdict.findings("warning")) == (3, 2)


@pytest.mark.parametrize(
    ("fail_on", "failing"), [("error", 2), ("warning", 4), ("repaired", 5), ("never", 0)]
)
def test_a_check_fails_on_what_it_is_told_to(fail_on, failing):
    verdict = judge(ISSUES, rows=5, fail_on=fail_on)
    assert len(verdict.failing) == failing
    assert verdict.failed == bool(failing)


def test_nothing_found_is_no_failure():
    verdict = judge(empty_issues(), rows=5, fail_on="repaired")
    assert not verdict.failed
    assert verdict.codes == ()


def test_against_its_own_baseline_nothing_fails():
    baseline = judge(ISSUES, rows=5).as_baseline()
    assert not judge(ISSUES, rows=5, fail_on="repaired", baseline=baseline).failed


def test_against_a_baseline_only_what_is_new_or_worse_fails():
    verdict = judge(
        ISSUES, rows=5, baseline={"email.invalid": {"email": 1}, "phone.impossible": {"phone": 1}}
    )
    assert [count.code for count in verdict.failing] == ["email.invalid"]


def test_graded_issues_count_by_their_grade():
    graded = grade_issues(ISSUES, {"email.role": "error", "email.invalid": "warning"})
    verdict = judge(graded, rows=5)
    assert [count.code for count in verdict.failing] == ["email.role", "phone.impossible"]
    assert verdict.rows_with_errors == 2
