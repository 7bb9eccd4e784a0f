"""Issues of the rules and schemas that a user has written."""

from validators.catalog.kinds import IssueKind

KINDS = (
    IssueKind(
        "file.unsure_column",
        "warning",
        "was taken for a field without being sure",
        "The header says little, or only the values tell what the column holds.",
        "Confirm it under `[sources.NAME.map]`, or save the mapping with `leadgate mapping`.",
        example="a column Whatever that holds e-mail addresses",
        detail="{after}",
    ),
    IssueKind(
        "file.column_changes",
        "warning",
        "changes its kind of value on the way down",
        "The first rows hold one kind of value, the last rows another, or nothing of the kind "
        "(text): two files with other columns were put one below the other, or cells slid aside.",
        "Import the two files apart, or move the cells back.",
        example="e-mail addresses, then phone numbers",
        detail="first {before}, then {after}",
    ),
    IssueKind(
        "rule.required",
        "error",
        "is missing, and a rule requires it",
        "A rule of `leadgate.toml` says that the field must have a value.",
        "Complete the row, or change the rule.",
        example="no region where the country is US",
        detail="rule “{after}”",
    ),
    IssueKind(
        "rule.allowed",
        "error",
        "is not among the values a rule allows",
        "A rule of `leadgate.toml` lists the values the field may have.",
        "Correct the value, or add it to the rule.",
        example="Carrier pigeon as a lead source",
        detail="“{before}” (rule “{after}”)",
    ),
    IssueKind(
        "rule.pattern",
        "error",
        "does not have the form a rule demands",
        "A rule of `leadgate.toml` has a pattern for the whole value.",
        "Correct the value, or the pattern.",
        example="A-17 where [0-9]+ is demanded",
        detail="“{before}” (rule “{after}”)",
    ),
    IssueKind(
        "rule.range",
        "error",
        "is beyond the limits of a rule",
        "A rule of `leadgate.toml` has a least and a greatest value, as numbers or dates.",
        "Correct the value, or the limits.",
        example="-5 where the minimum is 0",
        detail="“{before}” (rule “{after}”)",
    ),
    IssueKind(
        "rule.unique",
        "error",
        "stands in an earlier row, and a rule wants it once",
        "A rule of `leadgate.toml` says that no two rows may have the same value.",
        "Correct the value, or delete the row that came twice.",
        example="one external_id in two rows",
        detail="“{before}” (rule “{after}”)",
    ),
    IssueKind(
        "rule.schema",
        "error",
        "is refused by the source's own schema",
        "The pandera model that `leadgate.toml` names for the source has a check that fails.",
        "Correct the value, or the model.",
        example="a row that a @dataframe_check returns false for",
        detail="check {after}",
    ),
)
