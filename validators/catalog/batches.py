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
    IssueKind(
        "resubmit.no_id",
        "error",
        "has no id of a row in quarantine",
        "A row of the repaired file has nothing in the column “Leadgate row”. Only rows that were "
        "exported from quarantine are taken; new rows are imported from a file of their own.",
        "Import the row with `leadgate import`.",
    ),
    IssueKind(
        "resubmit.unknown_id",
        "error",
        "has an id that no row in quarantine has",
        "The id was changed, or comes from another store.",
        "Restore the id from the export, or resubmit to the store it was exported from.",
    ),
    IssueKind(
        "resubmit.repeated_id",
        "error",
        "has the id of another row of the file",
        "Two rows of the repaired file have one id, so that neither is taken.",
        "Keep one of them; import the other with `leadgate import`.",
    ),
    IssueKind(
        "resubmit.discarded",
        "error",
        "was discarded before",
        "Somebody gave the row up after it was exported.",
        "Import the row with `leadgate import` if it is wanted after all.",
    ),
    IssueKind(
        "resubmit.done",
        "error",
        "was repaired before, in another way",
        "The row is in the store already, with other values than it comes with now.",
        "Change the contact in the store; `leadgate trace` with the row's id leads there.",
    ),
    IssueKind(
        "resubmit.unknown_column",
        "warning",
        "is not one the row came with",
        "A column was added or renamed in the repaired file. Its values are left out.",
        "Restore the header from the export.",
        subject="The column",
    ),
)
