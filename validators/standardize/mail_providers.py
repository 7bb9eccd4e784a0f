"""The big mail providers, and the typing slips that lead to them.

A domain one slip away from a provider's is corrected where nothing else can be meant; where it
could be a domain of its own, the provider's is a suggestion only. A slip is a letter left out,
added, exchanged, or swapped with its neighbour (optimal string alignment).
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from validators.words import words

# Names that mean nothing else, so that a name nearby is a slip.
FAMOUS: Final = words(
    """
    gmail.com googlemail.com
    hotmail.com hotmail.co.uk hotmail.fr hotmail.de hotmail.es hotmail.it hotmail.be hotmail.nl
    hotmail.se hotmail.ch hotmail.com.br hotmail.com.ar
    outlook.com outlook.de outlook.fr outlook.es outlook.it outlook.at outlook.be outlook.com.br
    yahoo.com yahoo.co.uk yahoo.de yahoo.fr yahoo.es yahoo.it yahoo.ca yahoo.in yahoo.co.in
    yahoo.com.br yahoo.com.au yahoo.com.mx yahoo.com.ar yahoo.co.jp yahoo.at yahoo.ie yahoo.se
    icloud.com rocketmail.com protonmail.com tutanota.com
    t-online.de freenet.de posteo.de bluewin.ch wanadoo.fr laposte.net telefonica.net
    comcast.net verizon.net sbcglobal.net bellsouth.net earthlink.net btinternet.com ntlworld.com
    virginmedia.com blueyonder.co.uk bigpond.com optusnet.com.au sympatico.ca rediffmail.com
    hanmail.net
    """
)
PROVIDERS: Final = FAMOUS | words(
    """
    live.com live.co.uk live.fr live.de live.nl live.be live.it live.se live.at live.ca
    live.com.au msn.com ymail.com me.com mac.com aol.com aol.de aol.fr aol.co.uk
    gmx.de gmx.net gmx.at gmx.ch gmx.com web.de arcor.de mailbox.org online.de mail.de 1und1.de
    kabelmail.de orange.fr free.fr sfr.fr neuf.fr bbox.fr libero.it virgilio.it tiscali.it
    alice.it tin.it terra.es hispeed.ch sunrise.ch a1.net aon.at chello.at sky.com talktalk.net
    att.net cox.net charter.net optonline.net shaw.ca rogers.com telus.net proton.me pm.me
    zoho.com fastmail.com hey.com mail.com email.com mail.ru yandex.ru yandex.com qq.com 163.com
    126.com sina.com naver.com daum.net uol.com.br bol.com.br terra.com.br ziggo.nl planet.nl
    hetnet.nl kpnmail.nl home.nl telenet.be skynet.be telia.com wp.pl o2.pl onet.pl interia.pl
    seznam.cz centrum.cz
    """
)
# Nearly a famous domain, and a real one.
REAL_NEIGHBOURS: Final = words(
    """
    gail.com gmail.de gmail.ru gmai.de hmail.com fmail.com amail.com cmail.com jmail.com
    rmail.com tmail.com vmail.com email.co.uk yaho.de yahoo.net lahoo.com
    outlook.pt outlook.dk outlook.ie outlook.jp outlook.in outlook.cz outlook.sa outlook.kr
    outlook.lv outlook.hu outlook.sg outlook.cl outlook.ph outlook.my outlook.sk outlook.bz
    outlook.com.au outlook.com.ar outlook.com.gr outlook.com.tr outlook.com.vn outlook.co.th
    outlook.co.id outlook.co.il
    hotmail.no hotmail.dk hotmail.fi hotmail.gr hotmail.co hotmail.co.jp hotmail.com.tr hotmail.cl
    hotmail.hu hotmail.lt hotmail.lv hotmail.my hotmail.ph hotmail.rs hotmail.sg hotmail.sk
    hotmail.co.il hotmail.co.in hotmail.co.kr hotmail.co.nz hotmail.co.th hotmail.co.za hotmail.ca
    hotmail.com.au hotmail.com.hk hotmail.com.tw hotmail.com.vn hotmail.at hotmail.cz
    yahoo.co.id yahoo.co.il yahoo.co.kr yahoo.co.nz yahoo.co.th yahoo.co.za yahoo.com.cn yahoo.cn
    yahoo.com.hk yahoo.com.my yahoo.com.ph yahoo.com.sg yahoo.com.tr yahoo.com.tw yahoo.com.vn
    yahoo.com.co yahoo.com.pe yahoo.com.ve yahoo.cl yahoo.dk yahoo.gr yahoo.hu yahoo.nl yahoo.no
    yahoo.pl yahoo.pt yahoo.ro yahoo.be yahoo.ch yahoo.cz yahoo.fi yahoo.bg yahoo.ne.jp
    bluewin.com comcast.com wanadoo.es wanadoo.nl freenet.at freenet.com laposte.fr
    """
)
NO_ENDINGS: Final = words("con cpm cim vom xom comm coom ocm cmo cmm copm coim cok con1 comn")
LONGEST: Final = 40
SLIPS: Final = 2


def are_far(domains: Sequence[str]) -> NDArray[np.bool_]:
    """Mark the domains that resemble no famous provider, all at once.

    The law: with an ending of two letters or more that is not mistyped, such a domain is what
    was meant.
    """
    from rapidfuzz import process  # noqa: PLC0415 (not needed where every domain is known)
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    if not domains:
        return np.zeros(0, dtype=bool)
    famous = sorted(FAMOUS)
    slips = process.cdist(domains, famous, scorer=OSA.distance, score_cutoff=SLIPS, dtype=np.uint8)
    far = slips.min(axis=1) > SLIPS
    mistyped = [domain.rpartition(".")[2] in NO_ENDINGS for domain in domains]
    marks: NDArray[np.bool_] = far & ~np.array(mistyped, dtype=bool)
    return marks


@lru_cache(maxsize=65_536)
def correct_domain(domain: str) -> tuple[str, bool]:
    """Return the provider a domain was meant to be, and whether that is sure.

    A domain that resembles none comes back as it is, and sure.
    """
    if domain in PROVIDERS or domain in REAL_NEIGHBOURS or len(domain) > LONGEST:
        return domain, True
    mended = _mend_ending(domain)
    return (mended, True) if mended else _nearest(domain)


def _mend_ending(domain: str) -> str | None:
    """Mend an ending that no domain has: gmail.con, web.d, gmail,com, gmailcom, gmail."""
    dotted = domain.replace(",", ".").replace("..", ".")
    if dotted in PROVIDERS:
        return dotted
    name, dot, ending = dotted.rpartition(".")
    if not dot:
        return _only(dotted, {p for p in PROVIDERS if dotted in {p.replace(".", ""), _name(p)}})
    if ending in NO_ENDINGS:
        return f"{name}.com" if f"{name}.com" in PROVIDERS else None
    if len(ending) == 1:
        return _only(name, {p for p in PROVIDERS if p.startswith(dotted)})
    return None


def _only(name: str, candidates: set[str]) -> str | None:
    """Return the only candidate, or among several the one in .com."""
    if len(candidates) == 1:
        return candidates.pop()
    return f"{name}.com" if f"{name}.com" in candidates else None


def _name(domain: str) -> str:
    return domain.partition(".")[0]


def _nearest(domain: str) -> tuple[str, bool]:
    """Find the one famous provider within two slips, no more than one of them in its name."""
    from rapidfuzz import process  # noqa: PLC0415 (not needed where every domain is known)
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    near = process.extract(domain, FAMOUS, scorer=OSA.distance, score_cutoff=SLIPS, limit=2)
    if not near or (len(near) == 2 and near[0][1] == near[1][1]):
        return domain, True
    provider, slips, _ = near[0]
    if OSA.distance(_name(domain), _name(str(provider))) > 1:
        return domain, True
    return str(provider), slips == 1 and _is_sure(domain, str(provider))


def _is_sure(domain: str, provider: str) -> bool:
    """Tell whether one slip is sure: in the name, and not just another initial; or .co."""
    name, ending = _name(provider), provider.partition(".")[2]
    other_initial = len(domain) == len(provider) and domain[1:] == provider[1:]
    return not other_initial and (domain.endswith(f".{ending}") or domain == f"{name}.co")
