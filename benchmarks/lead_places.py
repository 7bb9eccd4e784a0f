"""Countries for the lead generator: cities, streets, phone plans, companies and mail domains.

Cities are written `name|region|region's short form|postal prefix|area code`, largest first.
In a postal pattern `*` stands for the city's prefix, `#` for a digit and `@` for a letter.
"""

# Tables of words: a wrapped entry or a list literal would be harder to read.
# ruff: noqa: E501, SIM905

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, eq=False)
class Country:
    """What a lead of one country looks like; read once, so it is equal to itself alone."""

    code: str
    share: float
    spellings: tuple[str, ...]
    cultures: dict[str, float]
    cities: tuple[tuple[str, ...], ...]
    town_parts: tuple[tuple[str, ...], tuple[str, ...]]
    postal: str
    street: str
    streets: tuple[str, ...]
    legal_forms: tuple[tuple[str, ...], ...]
    trades: tuple[str, ...]
    mail_domains: tuple[str, ...]
    company_domain: str
    dialling: str
    number_length: int
    mobile: tuple[str, ...]
    phone_formats: tuple[str, ...]


@cache
def read_countries() -> tuple[Country, ...]:
    """All countries, with the share of leads that each sends; the shares add up to 1."""
    return tuple(_read_country(code, *entry) for code, entry in _COUNTRIES.items())


def _read_country(code: str, share: float, words: dict[str, str]) -> Country:
    """One entry of the table below, its texts split into tuples."""
    language = _LANGUAGES[words["language"]]
    cultures = (part.split(":") for part in words["cultures"].split())
    return Country(
        code=code,
        share=share,
        spellings=tuple(words["spellings"].split("|")),
        cultures={name: float(weight) for name, weight in cultures},
        cities=tuple(tuple(line.strip().split("|")) for line in words["cities"].split(";")),
        town_parts=(tuple(language["starts"].split()), tuple(language["ends"].split())),
        postal=words["postal"],
        street=language["street"],
        streets=tuple(word.replace("_", " ") for word in language["streets"].split()),
        legal_forms=tuple(tuple(form.split("/")) for form in words["legal"].split("|")),
        trades=tuple(language["trades"].split()),
        mail_domains=tuple(words["mail"].split()),
        company_domain=words["domain"],
        dialling=words["dialling"],
        number_length=int(words["length"]),
        mobile=tuple(words["mobile"].split()),
        phone_formats=tuple(form.strip() for form in words["formats"].split("|")),
    )


# What comes before a place in a lead's life: job titles and where the lead was won.
JOB_TITLES = (
    "Managing Director|CEO|Chief Executive Officer|Owner|Founder|Head of Sales|Sales Manager|"
    "Account Manager|Key Account Manager|Marketing Manager|Head of Marketing|Product Manager|"
    "Operations Manager|IT Manager|Head of IT|CTO|CFO|Finance Director|Controller|Accountant|"
    "HR Manager|Recruiter|Office Manager|Assistant|Buyer|Procurement Manager|Project Manager|"
    "Consultant|Engineer|Software Engineer|Data Analyst|Architect|Designer|Customer Success Manager|"
    "Support Specialist|Logistics Manager|Plant Manager|Quality Manager|Legal Counsel|Partner|"
    "Vice President|Director|Teacher|Physician|Pharmacist|Nurse|Electrician|Technician|Student"
).split("|")
LEAD_SOURCES = (
    "Web form",
    "Trade fair",
    "Newsletter",
    "Referral",
    "Phone call",
    "Webinar",
    "LinkedIn",
    "Purchased list",
    "Partner",
    "Visitor log",
)
COMPANY_WORDS = (
    "Alpha Apex Aqua Arc Astra Atlas Aurora Avant Axis Baltic Beacon Blue Bridge Bright Cardinal "
    "Castle Cedar Central Century Cirrus City Clear Compass Concord Core Cosmos Crystal Delta Digital "
    "Direct Dynamic Eagle Echo Eco Element Elite Epsilon Euro Evergreen Falcon First Fusion Galaxy "
    "Gamma Gateway Global Golden Granite Green Harbor Harmony Helix Heritage Horizon Icon Impact "
    "Infinity Inno Insight Inter Iron Jade Keystone Lake Laser Liberty Lumen Luna Lynx Magna Maple "
    "Mercury Meridian Metro Micro Milestone Modern Momentum Nexus Nordic North Nova Oak Oasis Ocean "
    "Omega Omni Optima Orbit Orion Pacific Paramount Pearl Phoenix Pinnacle Pioneer Pixel Planet Polar "
    "Precision Premier Prime Prisma Progress Pulse Quantum Quest Rapid Red Regal Ridge River Royal "
    "Sapphire Sigma Silver Sky Smart Solar Solid Spark Spectrum Star Sterling Stone Summit Sun "
    "Superior Swift Synergy Tech Terra Titan Total Trans Tri Trust Union United Universal Urban "
    "Vanguard Vector Vega Velocity Venture Vertex Victory Vision Vista Vita Wave West Wind Zenith Zephyr"
).split()
DOMAIN_TYPOS = {
    "gmail.com": ("gmial.com", "gmail.con", "gamil.com", "gmail.co", "gnail.com"),
    "hotmail.com": ("hotmial.com", "hotmail.con", "hotmai.com"),
    "yahoo.com": ("yaho.com", "yahoo.con", "yhaoo.com"),
    "outlook.com": ("outlok.com", "outlook.con", "outllok.com"),
    "icloud.com": ("iclod.com", "icloud.con"),
    "gmx.de": ("gmx.ed", "gmx.d"),
    "web.de": ("wed.de", "web.ed"),
    "t-online.de": ("tonline.de", "t-onlien.de"),
    "orange.fr": ("orage.fr", "orange.rf"),
    "bluewin.ch": ("blewin.ch",),
}
CITY_VARIANTS = {
    "München": "Munich",
    "Köln": "Cologne",
    "Nürnberg": "Nuremberg",
    "Wien": "Vienna",
    "Zürich": "Zurich",
    "Genève": "Geneva",
    "Sevilla": "Seville",
    "Ciudad de México": "CDMX",
    "New York": "NYC",
    "Los Angeles": "LA",
    "Frankfurt am Main": "Frankfurt",
    "Philadelphia": "Philly",
    "San Francisco": "SF",
    "Newcastle upon Tyne": "Newcastle",
    "Lyon": "Lyon Cedex",
    "Paris": "PARIS CEDEX",
}

_LANGUAGES = {
    "en": {
        "street": "{number} {name} {kind}",
        "streets": """Main High Station Church Park Oak Maple Cedar Elm Washington Lake Hill Walnut Spring North
        Ridge Mill River Willow Jefferson Center Pine Lincoln Sunset Jackson Franklin
        Chestnut Highland Meadow Forest Victoria Queen King Manor London School Grange Green
        York Albert New Mary George Windsor Kingsway Alexandra Springfield Broad Cherry
        Dogwood Hickory Magnolia Poplar Sycamore Birch Laurel Juniper Adams Madison Monroe
        Harrison Cleveland Grant Wilson Liberty Union Market Water Bridge Canal Harbor Ocean
        Valley Prospect Pleasant Fairview Woodland Orchard Garden Rose Lily Ivy Holly Fox
        Deer Eagle Bear Wolf Stone Rock Sand Clay Mountain Canyon""",
        "starts": """Spring Green Fair Oak Clear Mill Brook Lake River Stone Ash Cedar Maple Pine Elm West East
        North South New Glen High Red White Black Silver Golden Kings Queens Bishop Hart Fox
        Wolf Marl Wind Thorn Bur Ket Wex Nor Sut Hol Bel Ches Har Lang Mel Rad Ship Stan""",
        "ends": "field ville ton ford dale wood burg port view mont ham ley bridge haven bury",
        "trades": """Solutions Technologies Systems Consulting Services Industries Logistics Partners Group
        Holdings Media Marketing Software Foods Energy Construction Engineering
        Manufacturing Motors Properties Capital Insurance Health Pharma Labs Design Digital
        Retail Travel Supplies""",
    },
    "de": {
        "street": "{name}{kind} {number}",
        "streets": """Haupt Schul Garten Bahnhof Dorf Berg Birken Linden Kirch Wald Ring Schiller Goethe Mozart
        Beethoven Rosen Wiesen Jahn Tulpen Buchen Eichen Ahorn Tannen Mühlen Feld Blumen
        Park Markt Hof See Sonnen Kloster Burg Brücken Bach Stein Amsel Drossel Finken
        Lerchen Flieder Nelken Veilchen Kant Lessing Uhland Heine Kepler Siemens Daimler
        Diesel Zeppelin Bismarck Friedrich Wilhelm Karl Ludwig Luisen Marien Johannes Peters
        Martin Georg Nord Süd Ost West Post Rathaus Industrie Gewerbe Hafen Ufer Neu Alt
        Ober Unter Mittel Weinberg Mühlbach Kapellen Friedhof""",
        "starts": """Neu Alt Ober Unter Groß Klein Bad_ Hohen Nieder Wald Berg Stein Königs Kaisers Rosen Linden
        Eichen Buchen Schön Grün Weiß Rot Schwarz Lauter Kirch Mühl Markt Brunn Herzogen
        Frieden""",
        "ends": """dorf hausen heim berg burg stadt bach feld kirchen hofen ingen brunn au wald tal stein
        münster furt""",
        "trades": """Technik Systeme Bau Logistik Beratung Handel Maschinenbau Elektrotechnik Software Consulting
        Immobilien Verlag Medien Energie Service Transporte Spedition Metallbau Möbel
        Werkzeuge Automobile Versicherungen Gebäudereinigung Druckerei Brauerei Pharma
        Agentur""",
    },
    "fr": {
        "street": "{number} {kind} {name}",
        "streets": """de_l'Église Victor_Hugo de_la_République Jean_Jaurès Pasteur de_la_Gare du_Général_de_Gaulle
        de_la_Mairie des_Écoles du_Moulin de_la_Liberté Gambetta du_Château de_la_Paix
        Émile_Zola Jules_Ferry du_8_Mai_1945 de_la_Fontaine des_Lilas du_Stade Voltaire
        des_Roses Pierre_Curie Marie_Curie Jean_Moulin Anatole_France de_Verdun du_Marché
        des_Jardins Molière Jules_Verne Saint-Michel Saint-Martin Notre-Dame des_Acacias
        des_Tilleuls du_Bois de_la_Poste du_Port Carnot Foch Clemenceau Lamartine Diderot
        Rousseau Racine Balzac Chopin Mozart Ravel Berlioz Debussy Monet Renoir Cézanne
        de_Bretagne de_Paris de_Lyon de_Provence""",
        "starts": """Saint-Martin- Saint-Jean- Saint-Pierre- Villeneuve- Château- Beau Mont Clair Roche Font Neuf
        Belle Haute Champ Grand Val Vaux Bois Pont Mar Ver Cour""",
        "ends": """sur-Loire sur-Seine les-Bains le-Comte en-Forêt fort mont ville court champ vigne lieu bourg
        fontaine gny lles reuil""",
        "trades": """Conseil Services Technologies Transports Bâtiment Industrie Distribution Informatique
        Énergie Immobilier Communication Santé Habitat Menuiserie Plomberie Assurances
        Voyages Édition Ingénierie Maintenance Logistique Restauration Peinture
        Développement Solutions""",
    },
    "es": {
        "street": "{kind} {name} {number}",
        "streets": """Mayor Real de_la_Constitución Nueva de_la_Iglesia San_José del_Sol de_la_Fuente Cervantes
        San_Antonio Ancha Santa_Ana Goya Velázquez Colón Cristóbal_Colón de_Madrid
        de_Andalucía de_Cataluña San_Juan San_Pedro Larga del_Carmen de_España
        Federico_García_Lorca Picasso Miguel_de_Unamuno Antonio_Machado de_la_Paz Libertad
        Doctor_Fleming Ramón_y_Cajal del_Pilar Santiago del_Mar del_Río de_la_Estación
        Hidalgo Juárez Morelos Reforma Insurgentes Independencia 5_de_Mayo 16_de_Septiembre
        Allende Zaragoza Madero Guerrero Victoria Olivo Naranjo Almendro Rosales Jazmín
        Azucena Clavel Violeta Encina Pino Álamo Cipreses Laurel""",
        "starts": """San_ Santa_ Villa Puebla_de_ Torre Mont Al Val Cast Font Mira Monte Campo Puente Río Casa
        Peña Lla Esca Alca Gua Oro""",
        "ends": """nueva flor lanca verde real mar rubio blanca llana dalia rena zar lena rosa vieja buena rica
        lorenzo""",
        "trades": """Servicios Soluciones Tecnologías Construcciones Transportes Consultores Ingeniería Logística
        Distribuciones Inmobiliaria Industrias Sistemas Comercial Alimentación Energía
        Informática Muebles Talleres Seguros Viajes Textil Maquinaria Reformas Asesores""",
    },
}

# How kinds of streets are written: the first spelling is the full one.
STREET_KINDS = {
    "en": ("Street/St/St.", "Avenue/Ave/Av.", "Road/Rd/Rd.", "Lane/Ln", "Drive/Dr/Dr.", "Court/Ct"),
    "de": ("straße/str./strasse", "weg/weg/w.", "gasse/gasse/g.", "platz/pl.", "allee/allee"),
    "fr": ("rue/r./Rue", "avenue/av./Avenue", "boulevard/bd/blvd", "place/pl.", "chemin/ch."),
    "es": ("Calle/C./c.", "Avenida/Avda./Av.", "Plaza/Pza.", "Paseo/Pº", "Camino/Cno."),
}

_COUNTRIES: dict[str, tuple[float, dict[str, str]]] = {
    "US": (
        0.34,
        {
            "language": "en",
            "spellings": "United States|USA|US|United States of America|U.S.A.",
            "cultures": "en:0.7 es:0.14 de:0.03 fr:0.02 world:0.11",
            "cities": """
            New York|New York|NY|100|212;Los Angeles|California|CA|900|213;
            Chicago|Illinois|IL|606|312;Houston|Texas|TX|770|713;Phoenix|Arizona|AZ|850|602;
            Philadelphia|Pennsylvania|PA|191|215;San Antonio|Texas|TX|782|210;
            San Diego|California|CA|921|619;Dallas|Texas|TX|752|214;Austin|Texas|TX|787|512;
            San Jose|California|CA|951|408;Columbus|Ohio|OH|432|614;
            Charlotte|North Carolina|NC|282|704;Indianapolis|Indiana|IN|462|317;
            Seattle|Washington|WA|981|206;Denver|Colorado|CO|802|303;
            Boston|Massachusetts|MA|021|617;Nashville|Tennessee|TN|372|615;
            Portland|Oregon|OR|972|503;Portland|Maine|ME|041|207;Detroit|Michigan|MI|482|313;
            Atlanta|Georgia|GA|303|404;Miami|Florida|FL|331|305;
            Minneapolis|Minnesota|MN|554|612;Tampa|Florida|FL|336|813;Cleveland|Ohio|OH|441|216;
            Raleigh|North Carolina|NC|276|919;Omaha|Nebraska|NE|681|402;
            Springfield|Illinois|IL|627|217;Springfield|Missouri|MO|658|417;
            San Francisco|California|CA|941|415;Salt Lake City|Utah|UT|841|801""",
            "postal": "*##",
            "legal": "Inc/Inc./Incorporated/, Inc.|LLC/L.L.C./, LLC|Corp/Corp./Corporation|Co/Co./Company",
            "mail": "gmail.com yahoo.com outlook.com hotmail.com icloud.com aol.com comcast.net",
            "domain": ".com",
            "dialling": "1",
            "length": "10",
            "mobile": "917 646 310 773 832 469 720 925 978 404",
            "formats": """+1 ### ### ####|(###) ###-####|###-###-####|###.###.####|1##########|##########|
            +1-###-###-####|+1 (###) ###-####""",
        },
    ),
    "GB": (
        0.18,
        {
            "language": "en",
            "spellings": "United Kingdom|UK|GB|Great Britain|England",
            "cultures": "en:0.84 fr:0.01 es:0.01 world:0.14",
            "cities": """
            London|Greater London||SW1|207;Birmingham|West Midlands||B1|121;
            Manchester|Greater Manchester||M1|161;Leeds|West Yorkshire||LS1|113;
            Glasgow|Scotland||G1|141;Liverpool|Merseyside||L1|151;
            Sheffield|South Yorkshire||S1|114;Edinburgh|Scotland||EH1|131;Bristol|||BS1|117;
            Cardiff|Wales||CF1|2920;Leicester|Leicestershire||LE1|116;
            Belfast|Northern Ireland||BT1|2890;Nottingham|Nottinghamshire||NG1|115;
            Newcastle upon Tyne|Tyne and Wear||NE1|191;Reading|Berkshire||RG1|118;
            Cambridge|Cambridgeshire||CB1|1223;Oxford|Oxfordshire||OX1|1865;
            York|North Yorkshire||YO1|1904;Norwich|Norfolk||NR1|1603;Exeter|Devon||EX1|1392;
            Bath|Somerset||BA1|1225;Aberdeen|Scotland||AB1|1224;Swansea|Wales||SA1|1792""",
            "postal": "*# #@@",
            "legal": "Ltd/Ltd./Limited|PLC/plc/P.L.C.|LLP/L.L.P.|& Co/and Co./& Company",
            "mail": """gmail.com hotmail.co.uk outlook.com yahoo.co.uk btinternet.com icloud.com sky.com""",
            "domain": ".co.uk",
            "dialling": "44",
            "length": "10",
            "mobile": "7400 7512 7700 7753 7801 7890 7911 7976",
            "formats": """+44 #### ######|0#### ######|0### ### ####|+44 (0)#### ######|0044##########|
            0##########""",
        },
    ),
    "DE": (
        0.18,
        {
            "language": "de",
            "spellings": "Germany|Deutschland|DE|D|BRD",
            "cultures": "de:0.84 fr:0.01 es:0.01 world:0.14",
            "cities": """
            Berlin|Berlin|BE|10|30;Hamburg|Hamburg|HH|20|40;München|Bayern|BY|80|89;
            Köln|Nordrhein-Westfalen|NW|50|221;Frankfurt am Main|Hessen|HE|60|69;
            Stuttgart|Baden-Württemberg|BW|70|711;Düsseldorf|Nordrhein-Westfalen|NW|40|211;
            Leipzig|Sachsen|SN|04|341;Dortmund|Nordrhein-Westfalen|NW|44|231;
            Essen|Nordrhein-Westfalen|NW|45|201;Bremen|Bremen|HB|28|421;
            Dresden|Sachsen|SN|01|351;Hannover|Niedersachsen|NI|30|511;
            Nürnberg|Bayern|BY|90|911;Duisburg|Nordrhein-Westfalen|NW|47|203;
            Bonn|Nordrhein-Westfalen|NW|53|228;Münster|Nordrhein-Westfalen|NW|48|251;
            Karlsruhe|Baden-Württemberg|BW|76|721;Mannheim|Baden-Württemberg|BW|68|621;
            Augsburg|Bayern|BY|86|821;Kiel|Schleswig-Holstein|SH|24|431;
            Rostock|Mecklenburg-Vorpommern|MV|18|381;Erfurt|Thüringen|TH|99|361;
            Mainz|Rheinland-Pfalz|RP|55|6131;Freiburg|Baden-Württemberg|BW|79|761;
            Ulm|Baden-Württemberg|BW|89|731""",
            "postal": "*###",
            "legal": "GmbH/G.m.b.H./Gesellschaft mbH|AG/A.G./Aktiengesellschaft|KG|GmbH & Co. KG/GmbH u. Co KG|e.K.",
            "mail": "gmail.com gmx.de web.de t-online.de outlook.de freenet.de icloud.com yahoo.de",
            "domain": ".de",
            "dialling": "49",
            "length": "10",
            "mobile": "160 162 170 171 172 175 176 177 179",
            "formats": """+49 ### #######|0### #######|0###/#######|+49 (0)### #######|0### / ### ## ##|
            0049##########""",
        },
    ),
    "AT": (
        0.04,
        {
            "language": "de",
            "spellings": "Austria|Österreich|AT|A",
            "cultures": "de:0.86 world:0.14",
            "cities": """
            Wien|Wien||11|1;Graz|Steiermark||80|316;Linz|Oberösterreich||40|732;
            Salzburg|Salzburg||50|662;Innsbruck|Tirol||60|512;Klagenfurt|Kärnten||90|463;
            St. Pölten|Niederösterreich||31|2742""",
            "postal": "*##",
            "legal": "GmbH/Ges.m.b.H./GesmbH|AG|KG|OG",
            "mail": "gmail.com gmx.at aon.at outlook.com chello.at",
            "domain": ".at",
            "dialling": "43",
            "length": "10",
            "mobile": "650 660 664 676 680 699",
            "formats": "+43 ### #######|0### #######|0###/#######|+43 (0) ### #######|0043##########",
        },
    ),
    "CH": (
        0.05,
        {
            "language": "de",
            "spellings": "Switzerland|Schweiz|CH|Suisse",
            "cultures": "de:0.6 fr:0.2 world:0.2",
            "cities": """
            Zürich|Zürich|ZH|80|44;Genève|Genève|GE|12|22;Basel|Basel-Stadt|BS|40|61;
            Lausanne|Vaud|VD|10|21;Bern|Bern|BE|30|31;Winterthur|Zürich|ZH|84|52;
            Luzern|Luzern|LU|60|41;St. Gallen|St. Gallen|SG|90|71;Lugano|Ticino|TI|69|91;
            Fribourg|Fribourg|FR|17|26""",
            "postal": "*##",
            "legal": "AG/A.G./SA|GmbH/Sàrl|& Co./und Co",
            "mail": "bluewin.ch gmail.com gmx.ch hotmail.com sunrise.ch outlook.com",
            "domain": ".ch",
            "dialling": "41",
            "length": "9",
            "mobile": "76 77 78 79",
            "formats": "+41 ## ### ## ##|0## ### ## ##|0##/### ## ##|+41 (0)## ### ## ##|0041#########",
        },
    ),
    "FR": (
        0.11,
        {
            "language": "fr",
            "spellings": "France|FR|FRANCE|F",
            "cultures": "fr:0.8 es:0.02 en:0.01 world:0.17",
            "cities": """
            Paris|Île-de-France||750|1;Marseille|Provence-Alpes-Côte d'Azur||130|4;
            Lyon|Auvergne-Rhône-Alpes||690|4;Toulouse|Occitanie||310|5;
            Nice|Provence-Alpes-Côte d'Azur||060|4;Nantes|Pays de la Loire||440|2;
            Montpellier|Occitanie||340|4;Strasbourg|Grand Est||670|3;
            Bordeaux|Nouvelle-Aquitaine||330|5;Lille|Hauts-de-France||590|3;
            Rennes|Bretagne||350|2;Reims|Grand Est||511|3;
            Saint-Étienne|Auvergne-Rhône-Alpes||420|4;Le Havre|Normandie||766|2;
            Grenoble|Auvergne-Rhône-Alpes||380|4;Dijon|Bourgogne-Franche-Comté||210|3;
            Angers|Pays de la Loire||490|2;Brest|Bretagne||292|2;
            Tours|Centre-Val de Loire||370|2;Limoges|Nouvelle-Aquitaine||870|5""",
            "postal": "*##",
            "legal": "SARL/S.A.R.L.|SAS/S.A.S.|SA/S.A./Société Anonyme|EURL",
            "mail": """gmail.com orange.fr hotmail.fr free.fr wanadoo.fr laposte.net sfr.fr outlook.fr""",
            "domain": ".fr",
            "dialling": "33",
            "length": "9",
            "mobile": "6 7",
            "formats": """0# ## ## ## ##|+33 # ## ## ## ##|0#.##.##.##.##|0#########|+33 (0)# ## ## ## ##|
            0033#########""",
        },
    ),
    "ES": (
        0.07,
        {
            "language": "es",
            "spellings": "Spain|España|ES|ESP|Espana",
            "cultures": "es:0.88 world:0.1 en:0.02",
            "cities": """
            Madrid|Madrid||28|91;Barcelona|Cataluña||08|93;Valencia|Comunidad Valenciana||46|96;
            Sevilla|Andalucía||41|95;Zaragoza|Aragón||50|976;Málaga|Andalucía||29|952;
            Murcia|Murcia||30|968;Palma|Islas Baleares||07|971;Bilbao|País Vasco||48|94;
            Alicante|Comunidad Valenciana||03|965;Córdoba|Andalucía||14|957;
            Valladolid|Castilla y León||47|983;Vigo|Galicia||36|986;Gijón|Asturias||33|985;
            A Coruña|Galicia||15|981;Granada|Andalucía||18|958;Pamplona|Navarra||31|948;
            Cádiz|Andalucía||11|956""",
            "postal": "*###",
            "legal": "SL/S.L./Sociedad Limitada|SA/S.A.|SLU/S.L.U.|SCP",
            "mail": "gmail.com hotmail.com yahoo.es telefonica.net outlook.es hotmail.es",
            "domain": ".es",
            "dialling": "34",
            "length": "9",
            "mobile": "600 610 620 630 650 660 670 680 690",
            "formats": "+34 ### ### ###|### ### ###|### ## ## ##|#########|0034#########|+34#########",
        },
    ),
    "MX": (
        0.03,
        {
            "language": "es",
            "spellings": "Mexico|México|MX|MEX",
            "cultures": "es:0.97 world:0.03",
            "cities": """
            Ciudad de México|CDMX||06|55;Guadalajara|Jalisco|JAL|44|33;
            Monterrey|Nuevo León|NL|64|81;Puebla|Puebla|PUE|72|222;
            Tijuana|Baja California|BC|22|664;León|Guanajuato|GTO|37|477;
            Mérida|Yucatán|YUC|97|999;Querétaro|Querétaro|QRO|76|442""",
            "postal": "*###",
            "legal": "SA de CV/S.A. de C.V./S.A de C.V|S de RL/S. de R.L.|AC/A.C.",
            "mail": "gmail.com hotmail.com yahoo.com.mx outlook.com prodigy.net.mx",
            "domain": ".com.mx",
            "dialling": "52",
            "length": "10",
            "mobile": "55 33 81 222 664 442",
            "formats": "+52 ## #### ####|## #### ####|(##) #### ####|##########|+52 1 ## #### ####",
        },
    ),
}
