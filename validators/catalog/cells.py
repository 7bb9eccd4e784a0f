"""Issues any cell can have, whatever its field."""

from validators.catalog.kinds import IssueKind

KINDS = (
    IssueKind(
        "cell.formula",
        "error",
        "is a spreadsheet formula",
        "The cell would be run as a formula by a spreadsheet that opens it. Forms and exports "
        "never need that; attackers do. In a name, a company, an e-mail, a phone or a web address "
        "there is nothing to fall back on.",
        "Type the plain value, or discard the row.",
        example="=HYPERLINK(…)",
    ),
    IssueKind(
        "cell.markup",
        "error",
        "contains HTML or script",
        "The cell holds markup that a web page could run.",
        "Type the plain value, or discard the row.",
        example="<script>alert(1)</script>",
    ),
    IssueKind(
        "cell.formula_kept",
        "warning",
        "looks like a spreadsheet formula, kept as text",
        "The field can do without the value, so the row is not held for it. Whatever Leadgate "
        "exports for spreadsheets has an apostrophe before such texts, so that none is run.",
        "Type the plain value if it matters.",
        doubtful=True,
        example="=1+1 in the notes",
    ),
    IssueKind(
        "cell.markup_kept",
        "warning",
        "contains HTML or script, kept as text",
        "Notes are often copied from web pages and mails. The text is kept as it is; the reports "
        "show it as text and run none of it.",
        "Nothing to do.",
        example="<b>urgent</b> in the notes",
    ),
    IssueKind(
        "cell.too_long",
        "error",
        "is too long to be true",
        "The cell is longer than its kind of value ever is: e-mail 320 characters, phone 64, "
        "name 512, a text or web address 32,767, anything else 4,096.",
        "Look for a missing quote or separator in the file, or shorten the value.",
    ),
    IssueKind(
        "cell.invisible",
        "repaired",
        "had invisible characters, now removed",
        "Control characters, zero-width characters or marks of writing direction were in the "
        "cell. They come from copying, and make equal values look different.",
        "Nothing to do.",
        example="Anna\\u200b",
    ),
    IssueKind(
        "cell.mojibake",
        "repaired",
        "had been decoded wrongly, now mended",
        "The text had been written in one encoding and read in another.",
        "Compare before and after. If the source always does this, export it as UTF-8.",
        example="MÃ¼ller",
    ),
    IssueKind(
        "cell.entities",
        "repaired",
        "had HTML entities, now replaced by their characters",
        "A web form wrote &amp; for & and the like.",
        "Nothing to do.",
        example="Smith &amp; Sons",
    ),
    IssueKind(
        "cell.lost_letters",
        "warning",
        "has letters that were lost",
        "The replacement character stands where a letter could not be read.",
        "Export the source again as UTF-8, or type the value.",
        doubtful=True,
        example="M\\ufffdller",
    ),
    IssueKind(
        "cell.lookalike",
        "warning",
        "mixes look-alike letters of several alphabets in one word",
        "A word holds, say, a Cyrillic letter among Latin ones. It reads the same and is a "
        "different word: a typing slip, or a disguise.",
        "Type the word in one alphabet.",
        doubtful=True,
        example="\u0410nna with a Cyrillic A",
    ),
    IssueKind(
        "cell.split",
        "repaired",
        "held several values, now one a field",
        "The first stays, the others went to free fields of the same kind.",
        "Nothing to do.",
        example="anna@example.com; anna@example.org",
    ),
    IssueKind(
        "cell.moved",
        "repaired",
        "stood in the wrong column, now moved",
        "The value plainly belongs to another field of the row, and that field was free.",
        "Check the mapping if it happens often.",
        example="anna@example.com as a phone",
    ),
)
