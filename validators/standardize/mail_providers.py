"""The big mail providers, and the typing slips that lead to them.

A domain one slip away from a provider's is corrected where nothing else can be meant; where it
could be a domain of its own, the provider's is a suggestion only.
"""

from functools import lru_cache
from typing import Final

PROVIDERS: Final = frozenset(
    """
    gmail.com googlemail.com
    hotmail.com hotmail.co.uk hotmail.fr hotmail.de hotmail.es hotmail.it hotmail.be hotmail.nl
    hotmail.se hotmail.ch hotmail.com.br hotmail.com.ar
    outlook.com outlook.de outlook.fr outlook.es outlook.it outlook.at outlook.be outlook.com.br
    live.com live.co.uk live.fr live.de live.nl live.be live.it live.se live.at live.ca live.com.au
    msn.com
    yahoo.com yahoo.co.uk yahoo.de yahoo.fr yahoo.es yahoo.it yahoo.ca yahoo.in yahoo.co.in
    yahoo.com.br yahoo.com.au yahoo.com.mx yahoo.com.ar yahoo.co.jp yahoo.at yahoo.ie yahoo.se
    ymail.com rocketmail.com
    icloud.com me.com mac.com
    aol.com aol.de aol.fr aol.co.uk
    gmx.de gmx.net gmx.at gmx.ch gmx.com web.de t-online.de freenet.de arcor.de posteo.de
    mailbox.org online.de mail.de 1und1.de kabelmail.de
    orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr
    libero.it virgilio.it tiscali.it alice.it tin.it telefonica.net terra.es
    bluewin.ch hispeed.ch sunrise.ch a1.net aon.at chello.at
    btinternet.com sky.com virginmedia.com ntlworld.com talktalk.net blueyonder.co.uk
    comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net
    optonline.net shaw.ca rogers.com sympatico.ca telus.net bigpond.com optusnet.com.au
    proton.me protonmail.com pm.me zoho.com fastmail.com hey.com tutanota.com
    mail.com email.com mail.ru yandex.ru yandex.com qq.com 163.com 126.com sina.com naver.com
    hanmail.net daum.net rediffmail.com uol.com.br bol.com.br terra.com.br ziggo.nl planet.nl
    hetnet.nl kpnmail.nl home.nl telenet.be skynet.be telia.com wp.pl o2.pl onet.pl interia.pl
    seznam.cz centrum.cz
    """.split()
)
# Nearly a provider's domain, and a real one.
REAL_NEIGHBOURS: Final = frozenset(
    """
    gmail.de ymail.de hmail.com fmail.com email.de emai.com mail.co.uk amail.com cmail.com
    love.com life.com line.com live.com.mx yahoo.net yaho.com lahoo.com outlook.pt outlook.dk
    outlook.ie outlook.jp outlook.in outlook.cz outlook.sa outlook.kr outlook.co.th outlook.sg
    hotmail.no hotmail.dk hotmail.fi hotmail.gr hotmail.co hotmail.co.jp hotmail.com.tr hotmail.cl
    yahoo.co.id yahoo.co.kr yahoo.co.nz yahoo.co.th yahoo.co.za yahoo.com.cn yahoo.com.hk
    yahoo.com.my yahoo.com.ph yahoo.com.sg yahoo.com.tr yahoo.com.tw yahoo.com.vn yahoo.com.co
    yahoo.com.pe yahoo.com.ve yahoo.cl yahoo.dk yahoo.gr yahoo.hu yahoo.nl yahoo.no yahoo.pl
    yahoo.pt yahoo.ro live.dk live.no live.jp live.cn live.ie live.in live.cl live.com.pt
    live.com.ar live.com.my live.com.sg live.co.za live.ru live.hk aol.it aol.es aol.in aol.at
    gmx.fr gmx.es gmx.it gmx.us gmx.eu gmx.org gmx.co.uk gmx.li gmx.info gmx.biz gmx.tm
    ziggo.com planet.com home.com online.fr online.no free.com orange.com orange.net orange.es
    orange.be orange.ro orange.co.uk sky.it sky.de
    """.split()
)
ENDINGS_TAKEN_FOR_COM: Final = frozenset(
    "con cpm cim vom xom comm coom ocm cmo cmm copm co.m".split()
)
ONE_SLIP: Final = 1
TWO_SLIPS: Final = 2
# A name shorter than this has too many neighbours that mean something.
LONG_ENOUGH: Final = 5


@lru_cache(maxsize=65_536)
def correct_domain(domain: str) -> tuple[str, bool]:
    """Return the provider a domain was meant to be, and whether that is sure.

    A domain that resembles none comes back as it is.
    """
    domain = domain.lower()
    if domain in PROVIDERS or domain in REAL_NEIGHBOURS or len(domain) > 40:
        return domain, True
    typed_ending = _mend_ending(domain)
    if typed_ending is not None:
        return typed_ending, True
    return _nearest(domain)


def _mend_ending(domain: str) -> str | None:
    """Mend an ending that no domain has: gmail.con, web.d, gmail,com, gmailcom."""
    name, _, ending = domain.replace(",", ".").rpartition(".")
    if ending in ENDINGS_TAKEN_FOR_COM and f"{name}.com" in PROVIDERS:
        return f"{name}.com"
    swapped = domain.replace(",", ".").replace("..", ".")
    if swapped != domain and swapped in PROVIDERS:
        return swapped
    if "." not in domain:
        whole = [p for p in PROVIDERS if p.replace(".", "") == domain or p.split(".")[0] == domain]
        return _only_or_com(whole, domain)
    if len(ending) == 1:
        begun = [p for p in PROVIDERS if p.startswith(domain)]
        return _only_or_com(begun, name)
    return None


def _only_or_com(candidates: list[str], name: str) -> str | None:
    if len(candidates) == 1:
        return candidates[0]
    return f"{name}.com" if f"{name}.com" in candidates else None


def _nearest(domain: str) -> tuple[str, bool]:
    """Find the one provider within two slips; sure within one, in a long name, ending untouched."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    near: list[tuple[int, str]] = []
    for provider in PROVIDERS:
        if len(provider.partition(".")[0]) < LONG_ENOUGH:
            continue
        slips = OSA.distance(domain, provider, score_cutoff=TWO_SLIPS)
        if slips <= TWO_SLIPS:
            near.append((slips, provider))
    near.sort()
    if not near or (len(near) > 1 and near[0][0] == near[1][0]):
        return domain, True
    slips, provider = near[0]
    name, _, ending = provider.partition(".")
    if slips == ONE_SLIP:
        sure = domain.endswith(f".{ending}") or domain == f"{name}.co"
        return provider, sure
    return (provider, False) if len(provider) >= 9 else (domain, True)
