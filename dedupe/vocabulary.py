# ruff: noqa: SIM905, E501 - word lists are easiest to read and to extend as running text
"""Words that say little or have many spellings: titles, particles, street words.

Own lists. Street words follow the suffix abbreviations of USPS Publication 28, appendix C1, and the
usual German, French, Spanish, Italian and Dutch short forms; legal forms are in `legal_forms`.
"""

TITLES = tuple(
    "mr mrs ms miss mister dr doctor prof professor sir dame lord lady rev reverend fr hon general "
    "colonel captain capt lieutenant lt admiral sergeant sgt brigadier commander viscount baroness "
    "countess duchess archbishop herr frau monsieur madame mme mlle senor senora signor signora "
    "mag dipl ing".split()
)
SUFFIXES = ("jr", "sr", "junior", "senior", "ii", "iii", "iv", "esq", "phd", "md")
PARTICLES = (
    "de|del|della|der|den|des|di|da|das|dos|du|la|le|van|von|vom|zu|zum|zur|ter|ten|te|el|al|"
    "mc|mac|o|st|san|bin|ben|abu|af|av"
).split("|")

FILLERS = ("the", "and", "und", "et", "y", "of")

STREET_WORDS = {
    long: short
    for short, longs in {
        "st": "street str saint strasse stree",
        "ave": "avenue av aven avenu",
        "blvd": "boulevard boul bd blv",
        "rd": "road",
        "dr": "drive drv",
        "ln": "lane",
        "pl": "place",
        "ct": "court crt",
        "cir": "circle circuit cct",
        "cres": "crescent cresent",
        "cl": "close",
        "hwy": "highway hiway hway",
        "pkwy": "parkway pky",
        "sq": "square",
        "ter": "terrace terr tce",
        "trl": "trail",
        "way": "wy",
        "expy": "expressway",
        "fwy": "freeway",
        "plz": "plaza",
        "n": "north",
        "s": "south",
        "e": "east",
        "w": "west",
        "ne": "northeast",
        "nw": "northwest",
        "se": "southeast",
        "sw": "southwest",
        "apt": "apartment",
        "ste": "suite",
        "fl": "floor",
        "bldg": "building",
        "mt": "mount",
        "ft": "fort",
        "pza": "piazza",
        "c": "calle",
        "r": "rue",
    }.items()
    for long in longs.split()
} | {
    word: str(number)
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth".split(), start=1
    )
}
STREET_WORDS |= {
    f"{number}{ending}": str(number)
    for number in range(1, 300)
    for ending in ("st", "nd", "rd", "th")
}

# Mail domains that say nothing about a company.
FREE_MAIL = frozenset(
    "gmail.com googlemail.com yahoo.com ymail.com rocketmail.com hotmail.com outlook.com live.com "
    "msn.com aol.com icloud.com me.com mac.com mail.com email.com gmx.com gmx.net gmx.de gmx.at "
    "gmx.ch web.de freenet.de t-online.de arcor.de posteo.de mailbox.org proton.me protonmail.com "
    "pm.me tutanota.com tuta.io zoho.com fastmail.com hey.com yandex.ru yandex.com mail.ru bk.ru "
    "inbox.ru list.ru rambler.ru ukr.net wp.pl o2.pl onet.pl interia.pl seznam.cz centrum.cz "
    "libero.it virgilio.it alice.it tiscali.it tin.it orange.fr wanadoo.fr free.fr laposte.net sfr.fr "
    "neuf.fr bbox.fr comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net "
    "earthlink.net optonline.net rogers.com shaw.ca sympatico.ca telus.net bigpond.com bigpond.net.au "
    "optusnet.com.au iinet.net.au btinternet.com sky.com virginmedia.com talktalk.net ntlworld.com "
    "blueyonder.co.uk qq.com 163.com 126.com sina.com foxmail.com naver.com daum.net hanmail.net "
    "rediffmail.com uol.com.br bol.com.br terra.com.br ig.com.br terra.es telefonica.net ziggo.nl "
    "kpnmail.nl xs4all.nl planet.nl telenet.be skynet.be bluewin.ch telia.com example.com example.org "
    "example.net".split()
)
FREE_MAIL_NAMES = frozenset(
    "yahoo hotmail outlook live gmail aol icloud gmx yandex protonmail ymail msn".split()
)

# Mailboxes that belong to a function, not to a person.
ROLES = frozenset(
    "info contact sales office mail admin support hello hi help service kontakt vertrieb buero team "
    "marketing accounts billing hr jobs career careers enquiries inquiries enquiry reception noreply "
    "no-reply webmaster postmaster einkauf contacto ventas commercial contatto welcome press".split()
)

# Letters that sound alike, applied in this order; vowels and h count at the start alone.
SOUNDS = (
    ("^(kn|gn|pn)", "n"),
    ("^wr", "r"),
    ("ph|pf|v|w", "f"),
    ("sch|sh|tsch|cz|ch|tz|z|c([eiy])", r"s\1"),
    ("ck|gh|q|c|g|kh", "k"),
    ("dt|th|d", "t"),
    ("x", "ks"),
    ("j", "y"),
    ("b", "p"),
    ("m", "n"),
    ("^[aeiouyh]", "A"),
    ("[aeiouyh]", ""),
    ("kk+", "k"),
    ("ss+", "s"),
    ("tt+", "t"),
    ("ll+", "l"),
    ("nn+", "n"),
    ("rr+", "r"),
    ("pp+", "p"),
    ("ff+", "f"),
)

_SAME = "|".join(f"^{digit}+$" for digit in "0123456789")
ONE_DIGIT = rf"{_SAME}|^123456789?0?$"
ONE_CHARACTER = "|".join(f"^{c}+$" for c in "0123456789abcdefghijklmnopqrstuvwxyz")
