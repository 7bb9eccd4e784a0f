"""Common given names, to tell people's names from others. In lower case; not for matching."""

from functools import cache
from typing import Final

from validators.words import words

ALSO: Final = words(
    """
    hans peter jürgen klaus wolfgang uwe stefan thomas michael andreas dieter horst manfred
    günter heinz karl bernd jens jörg ralf sven torsten matthias markus christian sebastian
    tobias florian lukas jonas felix leon finn jan tim niklas moritz ursula monika petra sabine
    renate karin ingrid brigitte helga gisela anja heike birgit susanne claudia katrin stefanie
    nicole julia sandra lena hannah lea mia leonie johanna greta jean pierre michel andré
    philippe rené louis alain jacques bernard marcel daniel roger robert claude nicolas thierry
    françois laurent éric olivier julien sébastien guillaume antoine marie jeanne françoise
    monique catherine nathalie isabelle jacqueline anne sylvie martine chloé camille léa manon
    antonio josé manuel francisco juan david javier carlos jesús miguel alejandro rafael pedro
    pablo sergio luis fernando jorge alberto álvaro diego maría carmen josefa isabel dolores
    pilar teresa ana lucía cristina marta paula elena laura sara raquel giovanni giuseppe marco
    luca matteo francesco andrea alessandro giulia chiara sofia valentina joão mohammed muhammad
    ahmed ali omar fatima aisha wei li ming yuki hiroshi kenji raj priya amit anil sunita ivan
    dmitri olga natasha anna katarzyna piotr pawel agnieszka malgorzata krzysztof lars erik
    astrid bjorn emma olivia noah liam charlotte amelia sophia harper evelyn lily jack harry
    oliver george mason ethan logan lucas jacob aiden jayden kyle silas charlie harriet mikayla
    dominic jesse rosa hayden jessica
    """
)


@cache
def given_names() -> frozenset[str]:
    """Return common given names of several languages and English short forms."""
    from importlib.resources import files  # noqa: PLC0415

    table = files("nicknames").joinpath("names.csv").read_text(encoding="utf-8")
    english = {name for line in table.splitlines()[1:] for name in line.split(",")[::2]}
    return frozenset(english | ALSO)
