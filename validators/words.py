"""Lists of words, written as a reader reads them: words with spaces, phrases with bars between."""


def words(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


def phrases(text: str) -> frozenset[str]:
    """Return the phrases of a text, which stand between bars; line breaks count as spaces."""
    spaced = (" ".join(phrase.split()) for phrase in text.split("|"))
    return frozenset(phrase for phrase in spaced if phrase)
