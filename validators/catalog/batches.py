"""Issues that only a whole table shows, or a table beside those that came before it."""

from validators.catalog.kinds import IssueKind

KINDS = (
    IssueKind(
        "file.unmapped",
        "error",
        "has no column that identifies anybody",
        "No column could be taken for names, e-mails, phones or companies, so nothing was checked.",
        "Say which column is which with `--map COLUMN=FIELD`, or which line is the header.",
        subject="The file",
    ),
    IssueKind(
        "duplicate.row",
        "warning",
        "is the same as a row before it",
        "Every cell equals that of an earlier row of the file.",
        "Delete it where it was exported twice.",
        detail="{after}",
    ),
    IssueKind(
        "duplicate.email",
        "warning",
        "is in an earlier row as well",
        "Two rows of the file that are not equal have one e-mail address. An import decides with "
        "all fields whether they are one person; addresses of a role (info@) are passed over.",
        "Put the rows together, or correct the address of one of them.",
        detail="{before} in {after}",
    ),
    IssueKind(
        "duplicate.person",
        "warning",
        "is a person who is in an earlier row as well",
        "The matching of an import holds two rows of the file to be one person. Looked for with "
        "`leadgate check --duplicates similar`.",
        "Nothing: an import joins them. Put the rows together where each person should come once.",
        detail="{after}",
    ),
)
