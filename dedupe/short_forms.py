"""Short forms of given names: a compilation of our own, beside the `nicknames` package.

Each line is a full name and what its bearers are called, folded (lower case, no accents). The
package covers English well; these are common German, French, Spanish, Italian, Portuguese, Dutch,
Slavic and Turkish forms, English ones it lacks, and spellings of one name in several languages.
"""

_TABLE = """
abdullah: abdul apo
adelheid: heidi
agnieszka: aga agnes
ahmed: ahmad ahmet
alberto: berto beto tito
alejandra: ale alex sandra
alejandro: ale alex jandro alejo
aleksander: olek alek
aleksandra: ola
aleksey: alyosha lyosha alexei alexey
alessandra: ale sandra
alessandro: ale sandro
alexander: alex sascha sasha xander alexandre alejandro alessandro aleksandr
alexandra: alex sascha sasha sandra
alexandre: alex
aloysius: alois loisl
amandine: mandy
anastasia: nastya
andreas: andi andy anders
angelika: geli angie
anna: anni annie hanna ania
annika: anni
antoine: toine
anton: toni tony
antonia: toni tonia tonya
antonio: tonio toni tony antoine tono toninho
apolonia: polona
barbara: barb babs basia babsi
bartholomaus: barthel bartl
bartolome: tolo
beatrix: trixi
beatriz: bea
benedikt: bene beni
benjamin: ben benni benny benji
bernhard: bernd berni hardy
brigitte: gitti biggi gitte birgit
carl: kalle charly
carlos: carlitos charly
carmen: mamen menchu carmina carmencita
caroline: caro line carrie
carolina: caro carol lina
catarina: catia
catherine: cathy kate katia cath cathie
christian: chris christl kristian
christiane: christel chris
christina: tina christl chris kristina
christine: tina christel chris kiki kristine
christoph: chris stoffel christopher
christophe: chris
concepcion: concha conchita conchi
consuelo: chelo
cornelia: conny nelly
cornelis: kees cor cees
cristina: cris tina
daniel: dani dan danny
daniela: dani
diego: dieguito
dieter: didi
dmitri: dima mitya dmitry dmitriy
dolores: lola loli
domenico: mimmo
dominik: domi nick
dominique: dom domi
dorothea: dora thea dorle
eberhard: eb eberle
eduardo: edu lalo
ekaterina: katya
elena: lena nelli
elisabeth: lisa liesel elise sissi betti else bettina liesl sisi lizzy babeth elsbeth ilse
elizabeth: liz lizzie beth betsy betty eliza libby lisa
emmanuel: manu
emmanuelle: manu
encarnacion: encarna encarni
enrique: quique kike
ernst: erni
esteban: estebi
esther: ester
eugen: geno
fatma: fatima
federico: fede
ferdinand: ferdi nando
fernando: fer nando fernan
florence: flo
florian: flo flori
francesca: franca checca
francesco: ciccio checco franco
francisca: paqui paca fran
francisco: paco pancho curro fran kiko paquito
francois: fanfan
francoise: fanfan
franz: franzl franzi
franziska: franzi fanny
frederic: fred freddy
friederike: rike frieda fritzi
friedrich: fritz friedel fiete fred
gabriel: gabi gabe
gabriela: gabi gaby
gabriele: gabi gaby
gabriella: gaby gabi
gabrielle: gaby
gennady: gena
georg: schorsch jorg gorg
gerard: gerry
gerhard: gerd hardy gerdi
gertrud: trudi trude
giovanni: gianni vanni nino
gisela: gisi gila
giuseppe: beppe peppe pino
gonzalo: gonza
gottfried: friedel
gregor: greg
gregorio: goyo
grzegorz: grzesiek
guadalupe: lupe lupita
guillaume: guy will
guillermo: guille memo willy
gunther: gunni gunter
hannelore: hanne lore
hans: hansi
heinrich: heinz heiner hinrich
helene: leni lene
helmut: helli
hendrik: henk rik hennie
hermann: harm
hildegard: hilde hilda
hubert: hubsi bert
ignacio: nacho
ignaz: naz
immaculada: inma
inmaculada: inma
irina: ira
isabel: isa bel chabela
isabella: bella izzy isa
isabelle: isa isabel
ivan: vanya
jacek: jacus
jacobus: koos jaap cobus
jacques: jacky jacquot
jakob: jakl kobi jockel
jakub: kuba
jane: janey janie
javier: javi xavi
jean: jeannot
jeremie: jerem
jeremy: jem jerem
jesus: chuy chus suso
joachim: jochen achim jo
joanna: asia joasia
joao: joaozinho
joaquin: ximo quino joaco
johann: hans hannes hansl
johanna: hanna hannah hanni jo
johannes: hans johann jan jo hannes
jolanda: jola
jorge: jordi coque
jose: pepe chepe pepito
josef: sepp jupp pepi beppo seppl
josefa: pepa pepi fina
joseph: sepp josef jupp beppo joe
juan: juanito juancho
judith: judy
julia: jule juli
julio: julito
jurgen: jorgi
karl: carl kalle charly
karolina: karo lina
katarzyna: kasia
katharina: kathi kati kathrin katrin tina kathe katja kat
katherine: kate katie kathy kat kitty
kerstin: kirsten
khaled: khalid
konrad: conny kurt
konstantin: konsti kostya
korbinian: korbi
krzysztof: krzysiek krzys
kurt: kurti
laurent: lolo
leonardo: leo nardo
leonhard: leo hardy lenz
leopold: poldi leo
leticia: leti
lorenz: lenz
luciano: chano
ludovic: ludo
ludwig: lutz wiggerl luggi
luigi: gigi gino
luis: lucho luisito
madeleine: mado madi
madison: maddie maddy
magdalena: lena leni magda magdi
malgorzata: gosia
manfred: manni fred
manuel: manolo manu manolito lolo
manuela: manu manoli
marcus: markus marc
marek: mareczek
margarete: grete gretel greta marga margret gretl gretchen rita
margarita: marga rita
margaux: margot
maria: mari mia mitzi marie mariechen
maria jose: mariajo
marianne: nanni janne
martin: martl
mateusz: mati
mathias: mat hias matze
mathieu: mat mathi
matthias: matze mathias hias matt
maurice: momo
max: maxi
maxime: max
maximilian: max maxi
mehmet: memo mohammed
mercedes: merche meche
michael: michi mike michel miguel micha mick mickey
michaela: michi micha
michal: misiek
michel: mich
mickael: mika mike michael
miguel: migue mike
mikhail: misha
mohammed: mo mohamed muhammad mohammad muhammed med
monika: moni mona
montserrat: montse
mustafa: mus musti
natalia: natasha nati nata
nathalie: nath nat
nikolai: kolya nikolay
nikolaus: klaus niklas nico niko claus
nicolas: nico
norbert: bert nobbi
nuno: nunito
olga: olya
oskar: ossi
otto: ottl
pablo: pablito
patricia: patri pat
patrick: pat
paul: pauli
pavel: pasha
pawel: pawelek
pedro: perico
peter: petja
petrus: piet peter pieter
philipp: phil lipp
philippe: phil
pilar: pili
piotr: piotrek
rafael: rafa rafi
raphael: raph rafi
raimund: mundl
regina: gina
reinhard: hardy
renate: reni nate
ricardo: ricky richi
robert: robi robby bert
roberto: beto rober berto
rodrigo: rodri
rosalia: rosi
rosario: charo
rosemarie: rosi rosmarie romy
rudolf: rudi rolf dolf
rupert: bert
salvador: salva chava
salvatore: toto turi
santiago: santi yago sani tiago
sebastian: basti bastian seb sebi wastl sebas
sebastien: seb
sergei: seryozha sergey
sergio: checo
siegfried: sigi siggi
sigrid: siri
soledad: sole
sophie: sofie sophia
stanislaw: staszek stach
stefan: steffen stephan steve steff
stefanie: steffi stephanie steff
stephane: steph
stephanie: steph steffi
susana: susi susa
susanne: susi sanne suse
svetlana: sveta lana
tatiana: tanya tatyana
teresa: tere resi
theodor: theo teddy
theresa: resi tessa thesi
theresia: resi
thomas: tom tommy tomas
tobias: tobi
tomasz: tomek
ulrich: uli ulli
ulrike: uli ulli rike
ursula: uschi ulla ursel
valentin: vali tino
valentina: vale tina
valeria: vale
veronica: vero
veronika: vroni vera
veronique: vero
vicente: chente
viktor: vic
viktoria: vicky viki tori
vincent: vince
vincenzo: enzo
vladimir: vova volodya vlad
walter: walt walti
waltraud: traudl
wilhelm: willi willy wim helm
wilhelmine: minna mina wilma
william: will bill billy willie liam
winfried: winni
wojciech: wojtek
wolfgang: wolf wolfi
yekaterina: katya ekaterina
yevgeny: zhenya evgeny
yusuf: yousef youssef
zbigniew: zbyszek
"""


def read_short_forms() -> dict[str, list[str]]:
    """Full name -> its short forms."""
    lines = (line.split(":") for line in _TABLE.strip().splitlines())
    return {full: short.split() for full, short in lines}
