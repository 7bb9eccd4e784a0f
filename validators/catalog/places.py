"""Issues of addresses, dates, numbers and flags."""

from validators.catalog.kinds import IssueKind

KINDS = (
    IssueKind(
        "country.unknown",
        "warning",
        "is no country we know",
        "It is neither a country's code nor its name in a language we read. It is left out.",
        "Use the name of the country or its two-letter code.",
        example="Atlantis",
    ),
    IssueKind(
        "country.spelling",
        "repaired",
        "had a spelling slip, now corrected",
        "The name is a letter or so away from the one country it resembles.",
        "Compare before and after.",
        example="Germny",
    ),
    IssueKind(
        "spelling.corrected",
        "repaired",
        "had a spelling slip, now corrected",
        "The value is a letter away from one that many rows have, and the postal code of the row "
        "is one of the city that was meant; or the company is a letter away from an account whose "
        "domain the row has.",
        "Compare before and after.",
        example="Bostn beside 02134",
    ),
    IssueKind(
        "spelling.suspected",
        "warning",
        "may have a spelling slip",
        "The value is a letter away from one that many rows have, or from a known account. It "
        "stays as it is.",
        "Correct it if the suggestion is right.",
        example="Marketng Manager",
        detail="“{before}”, perhaps “{after}”",
    ),
    IssueKind(
        "postal_code.pattern",
        "warning",
        "is not a postal code of its country",
        "Postal codes of the country have another form.",
        "Check the code and the country.",
        doubtful=True,
        example="1011 in Germany",
    ),
    IssueKind(
        "postal_code.zero_restored",
        "repaired",
        "had lost its leading zero, now restored",
        "A spreadsheet took the code for a number.",
        "Export the column as text.",
        example="2134 in the United States",
    ),
    IssueKind(
        "date.invalid",
        "warning",
        "is not a date",
        "It could not be read as a date, or the day does not exist. The value is left out.",
        "Write the date as YYYY-MM-DD.",
        example="31.02.2024",
    ),
    IssueKind(
        "date.future",
        "warning",
        "lies in the future",
        "Nobody is born in the future. The value is left out.",
        "Check the year.",
        example="2999-01-01",
    ),
    IssueKind(
        "date.serial",
        "repaired",
        "was a number of days, as spreadsheets store dates",
        "A date that lost its format on the way into the file. Nearly all other values of the "
        "column are dates or such numbers, so it was read as the day it counts to.",
        "Nothing; to be sure, format the column as a date (YYYY-MM-DD) before the export.",
        example="45292",
    ),
    IssueKind(
        "date.ambiguous",
        "warning",
        "could be day first or month first",
        "No date of the column tells whether day or month comes first; day first was assumed.",
        "Export dates as YYYY-MM-DD, or set the default country.",
        example="03/04/2024",
    ),
    IssueKind(
        "number.invalid",
        "warning",
        "is not a number",
        "It could not be read as a number. The value is left out.",
        "Write digits with a decimal point.",
        example="about ten",
    ),
    IssueKind(
        "language.unknown",
        "warning",
        "is no language we know",
        "It is neither a language's code nor its name in a language we read. It stays as it is.",
        "Use the two-letter code of the language.",
        doubtful=True,
        example="Klingon",
    ),
    IssueKind(
        "flag.unknown",
        "warning",
        "is neither yes nor no",
        "The flag could not be read. The value is left out.",
        "Write yes or no.",
        example="perhaps",
    ),
)
