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
        "file.columns_changed",
        "error",
        "has other columns than its saved mapping",
        "Headers are gone or new since the mapping of the source was looked at and saved, so "
        "nothing was read.",
        "Look at the columns with `leadgate mapping`, and save them again if they are right.",
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
        "drift.columns",
        "warning",
        "has other columns than the last one of its source",
        "Headers are gone or new since the last batch of this source: somebody changed the form "
        "or the export.",
        "See that the new columns are mapped as they should be; name the old ones again if not.",
        detail="gone {before}; new {after}",
        subject="The file",
    ),
    IssueKind(
        "drift.rows",
        "warning",
        "has many more or fewer rows than usual",
        "The number of rows is more than five times, or less than a fifth of, that of the middle "
        "one of the last batches of this source.",
        "See whether the export is complete, and of the right time.",
        detail="{before} usually, {after} now",
        subject="The file",
    ),
    IssueKind(
        "drift.null_rate",
        "warning",
        "is empty more or less often than in earlier batches",
        "The share of empty cells changed by ten percentage points or more, and by more than "
        "chance explains (four standard errors).",
        "Ask whoever keeps the form or the export what changed.",
        detail="{before} of the rows before, {after} now",
    ),
    IssueKind(
        "drift.length",
        "warning",
        "has much longer or shorter values than in earlier batches",
        "The mean length changed by half or more, and by three characters or more.",
        "See whether another column stands under this header now.",
        detail="{before} characters before, {after} now",
    ),
    IssueKind(
        "drift.distinct",
        "warning",
        "varies much more or less than in earlier batches",
        "Values that differed from row to row are the same in many rows now, or the reverse.",
        "See whether the column was filled with one value, or another column stands there.",
        detail="{before} different before, {after} now",
    ),
    IssueKind(
        "drift.values",
        "warning",
        "holds other values than in earlier batches",
        "The mix of values shifted: their population stability index is 0.5 or more. Looked for "
        "in countries, categories and flags only.",
        "See whether the codes behind the values changed.",
        detail="PSI {after}",
    ),
    IssueKind(
        "drift.issue_rate",
        "warning",
        "has an issue much more often than earlier batches",
        "The share of rows with this issue rose by ten percentage points or more (five, where it "
        "was found in less than 1 % before), and by more than chance explains.",
        "Look at the rows with the issue; the source probably changed.",
        detail="{before} of the rows before, {after} now",
        subject="The file",
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
