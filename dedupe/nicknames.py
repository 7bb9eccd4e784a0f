"""Given names that stand for one another: "Bob" and "Robert", "Hans" and "Johannes".

English names come from the `nicknames` package (Apache-2.0, hand-curated by C. Northern and
others). The short table below is our own compilation of common German, French, Spanish, Italian,
Dutch and Slavic short forms.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

_OWN = {
    "johannes": "hans johann jan jo hannes",
    "johann": "hans hannes",
    "joseph": "sepp josef jupp beppo",
    "josef": "sepp jupp",
    "georg": "schorsch jorg",
    "heinrich": "heinz heiner hinrich",
    "friedrich": "fritz friedel",
    "wilhelm": "willi willy wim",
    "karl": "carl kalle",
    "ludwig": "lutz",
    "maximilian": "max maxi",
    "alexander": "alex sascha sasha xander alexandre alejandro alessandro",
    "alexandra": "alex sascha sasha sandra",
    "sebastian": "basti bastian seb sebi",
    "benjamin": "ben benni benny",
    "matthias": "matze mathias hias",
    "michael": "michi mike michel miguel",
    "andreas": "andi andy anders",
    "christian": "chris christl",
    "christoph": "chris stoffel christopher",
    "stefan": "steffen stephan steve",
    "thomas": "tom tommy tomas",
    "tobias": "tobi",
    "nikolaus": "klaus niklas nico niko claus",
    "katharina": "kathi kati kathrin katrin tina",
    "elisabeth": "lisa liesel elise sissi betti else bettina",
    "margarete": "grete gretel greta marga margret",
    "susanne": "susi sanne",
    "johanna": "hanna hannah",
    "franziska": "franzi",
    "magdalena": "lena leni magda",
    "gabriele": "gabi gaby",
    "ulrich": "uli ulli",
    "ulrike": "uli ulli",
    "wolfgang": "wolf wolfi",
    "manfred": "manni fred",
    "guillaume": "guy will",
    "frederic": "fred freddy",
    "jacques": "jacky",
    "francois": "fanfan",
    "catherine": "cathy kate katia",
    "jose": "pepe chepe",
    "francisco": "paco pancho curro fran",
    "ignacio": "nacho",
    "guadalupe": "lupe lupita",
    "dolores": "lola",
    "concepcion": "concha conchita",
    "enrique": "quique kike",
    "jesus": "chuy chus",
    "antonio": "tonio toni tony antoine",
    "manuel": "manolo manu",
    "rosario": "charo",
    "pilar": "pili",
    "isabel": "isa bel",
    "eduardo": "edu lalo",
    "roberto": "beto",
    "giuseppe": "beppe peppe pino",
    "giovanni": "gianni vanni nino",
    "luigi": "gigi gino",
    "salvatore": "toto turi",
    "cornelis": "kees cor cees",
    "hendrik": "henk rik",
    "petrus": "piet peter pieter",
    "jacobus": "koos jaap cobus",
    "dmitri": "dima mitya dmitry",
    "vladimir": "vova volodya",
    "yekaterina": "katya ekaterina",
    "ekaterina": "katya",
    "nikolai": "kolya nikolay",
    "mikhail": "misha",
    "ivan": "vanya",
    "tatiana": "tanya tatyana",
    "anastasia": "nastya",
    "jakub": "kuba",
    "katarzyna": "kasia",
    "malgorzata": "gosia",
    "aleksander": "olek",
    "aleksandra": "ola",
    "agnieszka": "aga",
    "tomasz": "tomek",
    "grzegorz": "grzesiek",
    "krzysztof": "krzysiek",
    "stanislaw": "staszek stach",
    "wojciech": "wojtek",
    "zbigniew": "zbyszek",
    "joao": "joaozinho",
    "francesco": "ciccio checco franco",
    "domenico": "mimmo",
    "vincenzo": "enzo",
}


@lru_cache(maxsize=1)
def _canonical_names() -> dict[str, frozenset[str]]:
    from nicknames import name_triplets  # noqa: PLC0415 - reads a file, so only when needed

    table: dict[str, set[str]] = {}
    for triplet in name_triplets():
        table.setdefault(triplet.name2, {triplet.name2}).add(triplet.name1)
    for full, shorts in _OWN.items():
        for short in shorts.split():
            table.setdefault(short, {short}).add(full)
    return {name: frozenset(full) for name, full in table.items()}


def canonical_names(name: str) -> frozenset[str]:
    """Every full name that `name` (folded, one word) may stand for, itself among them."""
    return _canonical_names().get(name) or frozenset((name,))


def nickname_pairs(names: Sequence[str]) -> npt.NDArray[np.int64]:
    """Pairs of positions in `names` that may be forms of one name, both ways round.

    Each pair is packed as `left << 32 | right`; sorted, with one impossible entry at least.
    """
    forms: dict[str, list[int]] = {}
    for at, name in enumerate(names):
        for form in canonical_names(name) if name in _canonical_names() else (name,):
            forms.setdefault(form, []).append(at)
    packed = {-1}
    for group in forms.values():
        if len(group) > 1:
            packed.update(a << 32 | b for a in group for b in group if a != b)
    return np.array(sorted(packed), dtype=np.int64)


def initial_of(name: str) -> str:
    """The initial of the full name: that of Bob is r."""
    return min(canonical_names(name))[0]


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    return frozenset(_canonical_names()) | frozenset().union(*_canonical_names().values())


def is_given_name(name: str) -> bool:
    """Whether a folded name is a given name of the tables here."""
    return name in _given_names()
