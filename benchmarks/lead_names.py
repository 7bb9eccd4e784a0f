"""Names of people by culture, for the lead generator: commonest first, because rank is frequency.

Written down by hand from common knowledge, no census copied. Rare surnames are composed from
beginnings and endings, so that the tail is long without a long list.
"""

# Tables of words, Turkish ones with their dotless i among them.
# ruff: noqa: E501, RUF001

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Culture:
    """Given names (women, men), surnames, parts of rare surnames, and short forms."""

    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[str, ...]
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    nicknames: dict[str, tuple[str, ...]]
    two_surnames: bool = False


@cache
def read_culture(name: str) -> Culture:
    """The culture of that name: en, de, fr, es, or world (the rest of the map)."""
    women, men, surnames, starts, ends, nicknames = (block.split() for block in _WORDS[name])
    pairs = (entry.split(":") for entry in nicknames)
    return Culture(
        women=tuple(women),
        men=tuple(men),
        surnames=tuple(surnames),
        starts=tuple(starts),
        ends=tuple(ends),
        nicknames={formal: tuple(short.split("/")) for formal, short in pairs},
        two_surnames=name == "es",
    )


_ENGLISH = (
    """Mary Jennifer Elizabeth Sarah Patricia Linda Jessica Susan Karen Emily Margaret Lisa Nancy
    Ashley Kimberly Donna Emma Michelle Laura Amanda Olivia Stephanie Rebecca Sharon Cynthia
    Kathleen Amy Angela Anna Helen Deborah Catherine Rachel Nicole Samantha Katherine
    Christine Victoria Janet Carol Hannah Lauren Maria Kelly Julie Heather Diane Charlotte
    Virginia Joyce Grace Sophia Isabella Abigail Alice Judith Megan Julia Jean Andrea Marie
    Madison Jacqueline Teresa Gloria Ann Kathryn Frances Martha Sara Natalie Brittany Diana
    Theresa Beverly Denise Marilyn Amber Danielle Rose Brenda Pamela Debra Ruth Dorothy Evelyn
    Joan Christina Lucy Chloe Jane Holly Gemma Claire Fiona Leanne Zoe Eleanor Isobel Poppy
    Ella Ellie Molly Daisy Phoebe Imogen Harriet Georgia Paige Leah Amelia Mia Ava Lily Ruby
    Freya Erin Niamh Siobhan Aoife Ciara Roisin Sinead Orla Bronwyn Rhiannon Sian Morag Ailsa
    Kirsty Shona Lorna Heidi Tracy Tina Wendy Dawn Tiffany Crystal Melissa Cheryl Mildred
    Doris Edith Florence Ethel Irene Rosemary Josephine Paula Robin Sheila Sally Tammy Peggy
    Connie Rita Audrey Stella Sylvia Vivian Gwendolyn Lois Marjorie Norma Phyllis Veronica
    Vanessa Monica Erica Kristen Kayla Courtney Alexis Haley Destiny Jasmine Brianna Savannah
    Morgan Taylor Sydney Mackenzie Faith Hope Joy Penelope Hazel Violet Ivy Willow Beatrice
    Winifred Agnes Mabel Constance""",
    """James Michael Robert John David William Richard Joseph Thomas Christopher Charles Daniel
    Matthew Anthony Mark Steven Andrew Paul Joshua Kenneth Kevin Brian Timothy Ronald George
    Jason Edward Jeffrey Ryan Jacob Nicholas Gary Eric Jonathan Stephen Larry Justin Scott
    Brandon Benjamin Samuel Gregory Alexander Patrick Frank Raymond Jack Dennis Jerry Tyler
    Aaron Jose Adam Nathan Henry Zachary Douglas Peter Kyle Noah Ethan Jeremy Christian Walter
    Keith Austin Roger Terry Sean Gerald Carl Dylan Harold Jordan Jesse Bryan Lawrence Arthur
    Gabriel Bruce Logan Billy Joe Alan Juan Elijah Willie Albert Wayne Randy Mason Vincent
    Liam Roy Bobby Caleb Bradley Russell Lucas Simon Graham Neil Ian Stuart Colin Duncan Craig
    Gareth Darren Lee Jamie Callum Connor Declan Cian Oisin Eoin Padraig Seamus Fergus Ewan
    Angus Hamish Alistair Rory Rhys Owen Dylan Gethin Harry Oliver Charlie Alfie Archie Oscar
    Leo Theodore Freddie Toby Max Reuben Elliot Louis Jude Felix Hugo Rupert Barnaby Giles
    Nigel Clive Trevor Barry Roland Derek Leonard Ernest Stanley Norman Cecil Herbert Clarence
    Earl Floyd Leroy Marvin Melvin Dale Glenn Curtis Rodney Travis Marcus Cody Dustin Derrick
    Chad Brett Shane Casey Garrett Spencer Cole Blake Chase Hunter Landon Wyatt Carter Isaac
    Levi Nathaniel Edwin Frederick Phillip Ralph Eugene Howard Victor Martin Stephan Geoffrey
    Dominic Damian Tristan Finley Quentin Warren Wesley Clayton Dwight Gordon Malcolm Reginald""",
    """Smith Johnson Williams Brown Jones Davis Miller Wilson Taylor Anderson Thomas Moore Martin
    Jackson Thompson White Harris Clark Lewis Robinson Walker Young Allen King Wright Scott
    Hill Green Adams Baker Nelson Hall Campbell Mitchell Carter Roberts Phillips Evans Turner
    Parker Collins Edwards Stewart Morris Murphy Cook Rogers Morgan Cooper Peterson Bailey
    Reed Kelly Howard Cox Ward Richardson Watson Brooks Wood James Bennett Gray Hughes Price
    Myers Long Foster Sanders Ross Powell Sullivan Russell Jenkins Perry Butler Barnes Fisher
    Henderson Coleman Simmons Patterson Jordan Reynolds Hamilton Graham Wallace West Cole
    Hayes Gibson Bryant Ellis Stevens Murray Ford Marshall Owens McDonald Harrison Kennedy
    Wells Woods Henry Freeman Webb Tucker Burns Crawford Olson Simpson Porter Hunter Gordon
    Shaw Snyder Mason Dixon Hunt Hicks Holmes Palmer Wagner Black Robertson Boyd Stone Fox
    Warren Mills Rice Nichols Grant Knight Ferguson Rose Hawkins Dunn Perkins Hudson Spencer
    Gardner Payne Pierce Berry Matthews Arnold Willis Ray Watkins Carroll Duncan Snow Hart
    Cunningham Bradley Lane Andrews Ruiz Harper Lawson Carr O'Brien O'Connor O'Neill Walsh
    Byrne Ryan Doyle McCarthy Gallagher Doherty Lynch Quinn Fitzgerald Nolan Brennan Burke
    Maguire Kavanagh Moran MacLeod MacKenzie Cameron Fraser Sinclair Munro Buchanan Davies
    Lloyd Griffiths Rees Pritchard Bowen Vaughan Atkinson Barker Chapman Clarke Dawson
    Fletcher Gibbs Hartley Ingram Jennings Kirby Lambert Mellor Norris Osborne Pearson Rhodes
    Saunders Sutton Thornton Underwood Vickers Whitehead Yates Abbott Barlow Carpenter Dalton
    Eaton Farrell Goodwin Hammond Jarvis Kemp Lowe Marsden Newton Parsons Riley Savage
    Townsend Wheeler Barrett Bishop Blake Bolton Bradshaw Brady Burgess Burton Chambers
    Christie Coates Connolly Cross Curtis Dale Day Dean Dickson Douglas Elliott Field Fleming
    Flynn Francis French Fuller Garner George Gill Glover Goddard Gould Gregory Griffin
    Hancock Harding Hardy Heath Hewitt Hobbs Hodgson Holland Hope Horton Howarth Humphreys
    Hurst Kay Kent Kerr Lamb Lawrence Leach Lees Little Lord Lucas Lynn Mann Manning Marsh May
    Middleton Miles Moss Nash Noble North Norton Oliver Page Park Patel Peacock Pope Potter
    Pratt Preston Randall Read Richards Rowe Rowley Rossi Sharp Shepherd Short Singh Skinner
    Slater Steele Stephenson Stokes Swift Todd Tyler Wade Walton Watts Weston Whittaker Winter
    Woodward""",
    """Ash Ald Bar Beck Bex Black Brad Brook Buck Cald Chad Clay Cole Cran Crow Dar Dun East Ed Els
    Fair Far Fen Gar Glen Gran Hal Ham Har Haw Hazel Hol Hun Kings Lang Len Lin Lock Mar Mel
    Mer Nor Oak Old Pem Pen Rad Red Rock Ros Sal Shel Stan Stock Sut Thorn Wal Wat Wes Whit
    Wil Win Wood Wy""",
    """ton ley ford well worth man den field wood more by comb shaw stead ham wick hurst bourne land
    brook croft dale ridge gate smith son ster thorpe bury burn""",
    """Robert:Bob/Rob/Bobby/Bert William:Bill/Will/Billy/Liam James:Jim/Jimmy/Jamie John:Jack/Johnny
    Michael:Mike/Mick/Mickey Richard:Rick/Dick/Rich Thomas:Tom/Tommy Christopher:Chris/Kit
    Charles:Charlie/Chuck Daniel:Dan/Danny Matthew:Matt Anthony:Tony Steven:Steve
    Andrew:Andy/Drew Joshua:Josh Kenneth:Ken/Kenny Timothy:Tim Ronald:Ron Edward:Ed/Eddie/Ted
    Jeffrey:Jeff Nicholas:Nick/Nicky Jonathan:Jon Stephen:Steve Benjamin:Ben Samuel:Sam
    Gregory:Greg Alexander:Alex/Sandy Patrick:Pat/Paddy Raymond:Ray Joseph:Joe/Joey David:Dave
    Zachary:Zach Douglas:Doug Gerald:Gerry Lawrence:Larry Arthur:Art Albert:Al/Bert
    Vincent:Vince Frederick:Fred/Freddie Phillip:Phil Nathaniel:Nate Theodore:Theo/Ted
    Leonard:Len Donald:Don Henry:Harry/Hank Peter:Pete Walter:Walt Francis:Frank Eugene:Gene
    Victor:Vic Geoffrey:Geoff Elizabeth:Liz/Beth/Betty/Lizzie Jennifer:Jen/Jenny
    Patricia:Pat/Patty/Trish Jessica:Jess Susan:Sue/Susie Margaret:Maggie/Meg/Peggy
    Katherine:Kate/Kathy/Katie Catherine:Cathy/Kate Deborah:Debbie/Deb Rebecca:Becky/Becca
    Kimberly:Kim Samantha:Sam Victoria:Vicky/Tori Christine:Chris/Tina Christina:Tina/Chris
    Pamela:Pam Barbara:Barb Cynthia:Cindy Angela:Angie Stephanie:Steph Amanda:Mandy
    Kathleen:Kathy Judith:Judy Jacqueline:Jackie Theresa:Terry/Tess Dorothy:Dot/Dottie
    Frances:Fran Abigail:Abby Isabella:Bella/Izzy Eleanor:Ellie/Nell Josephine:Jo/Josie
    Danielle:Dani Michelle:Shelly Gwendolyn:Gwen Veronica:Ronnie Alexis:Lexi Penelope:Penny
    Beatrice:Bea Winifred:Winnie Mary:Molly/Polly Ann:Annie Helen:Nell Sarah:Sally
    Amelia:Millie Florence:Flo Madison:Maddie Virginia:Ginny Sandra:Sandy Nancy:Nan Jane:Janey""",
)

_GERMAN = (
    """Maria Anna Ursula Monika Sabine Petra Andrea Claudia Susanne Stefanie Julia Katharina Sandra
    Nicole Renate Karin Helga Brigitte Ingrid Gabriele Birgit Martina Christine Anja Heike
    Angelika Christina Barbara Silke Kerstin Melanie Tanja Elisabeth Nadine Laura Lisa Sarah
    Lena Katrin Ute Daniela Anke Elke Simone Bettina Cornelia Manuela Jana Jutta Ulrike
    Michaela Tina Sonja Kathrin Christiane Astrid Silvia Carina Verena Franziska Johanna
    Hannah Lea Leonie Sophie Marie Emma Mia Clara Charlotte Luisa Amelie Emilia Ida Frieda
    Greta Mathilda Theresa Antonia Paula Helene Pauline Magdalena Viktoria Eva Vera Doris
    Gisela Gerda Hildegard Irmgard Edith Erika Waltraud Hannelore Christel Rosemarie Marianne
    Margarete Gertrud Ilse Inge Lieselotte Anneliese Elfriede Rita Heidi Heidrun Sigrid Gudrun
    Dagmar Regina Roswitha Carmen Miriam Judith Rebecca Svenja Annika Wiebke Maren Meike Imke
    Antje Wencke Kirsten Britta Inga Nele Merle Finja Jule Pia Nina Jasmin Vanessa Jennifer
    Jessica Saskia Yvonne Denise Sabrina Natalie Alexandra Friederike Henriette Wilhelmine
    Dorothea Hedwig Adelheid Walburga Kunigunde Ottilie Edeltraud Burga Resi Zita Leopoldine
    Hermine Josefine Rosa Ernestine Aloisia Ludmilla Iris Ines Beate Corinna Ramona Bianca
    Diana Evelyn Patricia Isabel Lara Ronja Selina Chiara Elena Alina""",
    """Peter Michael Thomas Andreas Wolfgang Klaus Stefan Christian Jürgen Hans Günther Frank Martin
    Markus Bernd Uwe Werner Matthias Alexander Daniel Dieter Manfred Horst Karl Heinz Helmut
    Gerhard Walter Rainer Jörg Ralf Sebastian Jan Tobias Florian Philipp Dirk Torsten Sven
    Oliver Holger Marcel Patrick Benjamin Tim Lukas Felix Jonas Maximilian Leon Paul Finn
    Elias Noah Ben Luis Julian Moritz Jakob Anton Emil Oskar Fritz Otto Ernst Georg Franz
    Josef Johann Johannes Heinrich Friedrich Wilhelm Kurt Erich Rudolf Hermann Alfred Herbert
    Rolf Siegfried Lothar Reinhard Joachim Volker Harald Norbert Roland Norman Erwin Egon
    Eberhard Ulrich Detlef Gerd Hartmut Winfried Hubert Albert August Ludwig Konrad Leopold
    Alois Gottfried Severin Korbinian Xaver Benedikt Vinzenz Valentin Simon David Samuel
    Raphael Gabriel Dominik Fabian Kevin Dennis Marco Mario Robert Richard Viktor Vincent
    Konstantin Leonhard Lorenz Magnus Malte Ole Lars Nils Jens Björn Thorsten Hauke Henning
    Hinrich Enno Onno Fiete Bastian Kilian Quirin Ruben Till Timo Mika Levi Theo Henry Carl
    Arne Axel Boris Bruno Carsten Clemens Edgar Erik Eugen Ferdinand Gregor Guido Gustav
    Henrik Ingo Ivo Jochen Kai Kaspar Knut Marius Meinhard Oswald Pascal Ricardo Steffen
    Sascha Urs Reto Beat Ueli Jürg Köbi Tilman Veit Wendelin Wieland Zeno""",
    """Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer
    Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange
    Schmitt Werner Krause Meier Lehmann Schmid Schulze Maier Köhler Herrmann König Walter
    Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn Schubert Vogel Friedrich
    Keller Günther Frank Berger Winkler Roth Beck Lorenz Baumann Franke Albrecht Schuster
    Simon Ludwig Böhm Winter Kraus Martin Schumacher Krämer Vogt Stein Jäger Otto Sommer Groß
    Seidel Heinrich Brandt Haas Schreiber Graf Dietrich Schulte Kuhn Ziegler Kühn Pohl Engel
    Horn Busch Bergmann Thomas Voigt Sauer Arnold Wolff Pfeiffer Gruber Steiner Pichler Moser
    Hofer Leitner Eder Egger Fink Brunner Wallner Aigner Reiter Auer Haider Wimmer Lechner
    Winkelmann Binder Holzer Maurer Riedl Ebner Strobl Haslinger Koller Lindner Mair Plank
    Schwaiger Stadler Unterberger Wieser Zauner Ammann Bucher Bühler Frei Frey Gerber Hess
    Hunziker Imhof Kunz Lüthi Marti Meister Odermatt Rohner Rüegg Schärer Schwab Stauffer
    Studer Suter Sutter Wyss Zürcher Zbinden Abel Adam Ahrens Anders Appel Bach Bader Barth
    Bartels Baum Behrens Bender Benz Beyer Blum Bock Brinkmann Bruns Buchholz Burkhardt Christ
    Conrad Decker Dietz Dörr Ebert Eckert Ehlers Eichhorn Erdmann Ernst Esser Falk Feldmann
    Fiedler Förster Freitag Freund Fritz Funk Geiger Gebhardt Gerlach Glaser Göbel Götz
    Gottschalk Grimm Großmann Gärtner Hagen Hansen Harms Heller Hermann Heuer Hildebrand Hinz
    Hirsch Höhn Hübner Jahn Jansen Janssen Jacob Jost Kern Kessler Kirchner Klose Knoll Kolb
    Konrad Körner Kramer Kremer Krieger Kröger Kunze Kurz Langer Lenz Linke Löffler Lutz Mack
    Marx Matthes May Mertens Merz Michel Mohr Moritz Mühl Nagel Naumann Neubauer Nickel Nowak
    Oswald Ott Paul Petersen Pfeifer Philipp Popp Preuß Probst Raab Rapp Rau Reich Reichert
    Reimann Reinhardt Renner Reuter Riedel Ritter Rose Rothe Rudolph Runge Sander Schade
    Schenk Scherer Schilling Schindler Schlegel Schlüter Schober Scholl Schramm Schütz Schütte
    Schwarze Seifert Singer Sonntag Stark Steffen Stephan Stoll Straub Strauß Thiel Thiele
    Timm Ulrich Unger Urban Völker Wagener Walther Weidner Weigel Weiss Wendt Wenzel Wegner
    Wiese Wilhelm Wirth Witt Witte Wolter Wulf Zander Zeller Zimmer""",
    """Ober Unter Nieder Hinter Vorder Alten Neu Hohen Breiten Kirch Kloster Stein Wald Wiesen Bach
    Berg Busch Eichen Erlen Feld Birken Buchen Linden Tannen Hasel Holz Sand Moos See Mühl
    Winter Sommer Schwarz Weißen Rot Grün Gold Silber Eisen Kupfer Roß Ochsen Hirsch Wolfs
    Bären Fuchs Vogel Adler Falken Rosen Korn Gersten Haber Öhl Brunn Licht Lauter Rau Ritters
    Herren""",
    """huber maier mayer müller bauer hofer berger lechner reiter ecker moser bacher auer mann stein
    feld brunner dorfer hauser kamp horst meister wieser steiner egger thaler wald bach hagen
    ner""",
    """Katharina:Kathi/Käthe/Katja Elisabeth:Lisa/Sissi/Liesl Johanna:Hanna/Hanni
    Josef:Sepp/Jupp/Pepi Johann:Hans/Hannes Johannes:Hannes/Jo Maximilian:Max
    Alexander:Alex/Sascha Alexandra:Alex/Sandra Sebastian:Basti/Wastl Franziska:Franzi/Fanny
    Friedrich:Fritz/Fiete Heinrich:Heinz/Heiner Wilhelm:Willi/Helmut Michael:Michi/Micha
    Andreas:Andi Thomas:Tom Matthias:Matze/Hias Stefan:Steff Stefanie:Steffi
    Susanne:Susi/Sanne Angelika:Geli Gabriele:Gabi Margarete:Grete/Gretl Magdalena:Lena/Leni
    Benjamin:Ben/Benni Christian:Chris Christina:Tina/Christl Philipp:Phil Georg:Schorsch/Jörg
    Ludwig:Lutz/Wiggerl Franz:Franzl Theresa:Resi/Tessa Viktoria:Vicky Antonia:Toni Anton:Toni
    Konstantin:Konsti Dominik:Domi Florian:Flo Tobias:Tobi Leopold:Poldi Rudolf:Rudi
    Ulrich:Uli Ulrike:Uli/Ulli Manfred:Manni Siegfried:Sigi Wolfgang:Wolf/Wolfi Günther:Günni
    Joachim:Jochen/Achim Hildegard:Hilde Rosemarie:Rosi Brigitte:Gitti/Biggi Monika:Moni
    Ursula:Uschi/Ulla Walter:Walti Robert:Robi Daniela:Dani Daniel:Dani Michaela:Michi
    Gerhard:Gerd Eberhard:Eb Annika:Anni Valentin:Vali Korbinian:Korbi Benedikt:Bene
    Jakob:Köbi""",
)

_FRENCH = (
    """Marie Nathalie Isabelle Sylvie Catherine Françoise Martine Christine Monique Valérie Sandrine
    Véronique Nicole Stéphanie Sophie Céline Chantal Patricia Anne Brigitte Julie Jacqueline
    Aurélie Christelle Caroline Laurence Émilie Dominique Claire Virginie Élodie Florence
    Corinne Michèle Hélène Sarah Camille Laura Pauline Jeanne Annie Mathilde Léa Manon Chloé
    Emma Inès Jade Louise Alice Lina Zoé Juliette Charlotte Agathe Margaux Lucie Clémence
    Océane Anaïs Marion Mélanie Audrey Delphine Karine Séverine Magali Bénédicte Agnès
    Béatrice Odile Colette Denise Yvonne Simone Suzanne Germaine Yvette Geneviève Ginette
    Josiane Solange Thérèse Madeleine Marguerite Henriette Raymonde Lucienne Andrée Paulette
    Bernadette Régine Nadine Danielle Annick Maryse Ghislaine Pascale Muriel Carole Estelle
    Laetitia Vanessa Jennifer Amandine Coralie Noémie Maëva Justine Morgane Solène Gaëlle
    Maëlle Nolwenn Rozenn Enora Bérénice Apolline Capucine Clotilde Domitille Éléonore Flavie
    Garance Hortense Joséphine Léonie Lison Mahaut Ophélie Perrine Romane Salomé Tiphaine
    Victoire Adèle Constance Edwige Fabienne Gabrielle Jocelyne Liliane Mireille Rolande
    Sabine Viviane Angélique Cécile Elsa Eugénie Fanny Lydie Maud Myriam""",
    """Jean Pierre Michel Philippe Alain Nicolas Patrick Christophe Christian Laurent Daniel Bernard
    Thierry Frédéric Éric Julien Olivier Pascal Stéphane David Sébastien Gérard Didier Thomas
    Dominique Jacques André François Vincent Bruno Alexandre Guillaume Antoine Romain Maxime
    Jérôme Claude Serge Marc Benoît Mathieu Franck Fabrice Gilles Hugo Lucas Louis Gabriel
    Raphaël Arthur Jules Adam Léo Paul Ethan Nathan Théo Clément Baptiste Valentin Florian
    Quentin Kévin Anthony Jérémy Damien Cédric Ludovic Mickaël Arnaud Yann Loïc Gaël Erwan
    Ronan Tanguy Corentin Bastien Adrien Rémi Simon Robin Victor Martin Gaspard Augustin Côme
    Timothée Étienne Hervé Yves Roger René Marcel Robert Raymond Lucien Georges Maurice
    Fernand Gaston Léon Émile Eugène Albert Henri Roland Guy Yvon Joël Régis Rémy Xavier
    Fabien Grégory Samuel Benjamin Mohamed Karim Bertrand Charles Denis Édouard Emmanuel
    Gauthier Geoffroy Hubert Lionel Luc Norbert Noël Renaud Richard Sylvain Tristan Ulysse
    Aurélien Blaise Boris Cyril Donatien Enzo Félix Gilbert Harold Ivan Jonathan Justin Kilian
    Lilian Malo Marius Maël Nolan Oscar Pascalin Sacha Titouan Tom Urbain Virgile Wilfried
    Yannick Zacharie""",
    """Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefebvre
    Michel Garcia David Bertrand Roux Vincent Fournier Morel Girard André Lefèvre Mercier
    Dupont Lambert Bonnet François Martinez Legrand Garnier Faure Rousseau Blanc Guérin Muller
    Henry Roussel Nicolas Perrin Morin Mathieu Clément Gauthier Dumont Lopez Fontaine
    Chevalier Robin Masson Sanchez Gérard Nguyen Boyer Denis Lemaire Duval Joly Gautier Roger
    Roche Roy Noël Meyer Lucas Meunier Jean Perez Marchand Dufour Blanchard Marie Barbier Brun
    Dumas Brunet Schmitt Leroux Colas Fernandez Pierre Renard Arnaud Rolland Caron Aubert
    Giraud Leclerc Vidal Bourgeois Renaud Lemoine Picard Gaillard Philippe Leclercq Lacroix
    Fabre Dupuis Olivier Rodriguez Da-Silva Hubert Louis Charles Guillot Rivière Le-Gall
    Guillaume Adam Rey Moulin Gonzalez Berger Lecomte Menard Fleury Deschamps Carpentier
    Julien Benoit Paris Maillard Marchal Aubry Vasseur Le-Roux Renault Collet Prévost Poirier
    Charpentier Royer Huet Baron Dupuy Pons Paul Laine Carre Breton Remy Schneider Perrot
    Guyot Barre Marty Cousin Léger Langlois Lebrun Tessier Millet Leblanc Bailly Boulanger
    Chauvin Étienne Evrard Ferrand Gilbert Hamel Hervé Humbert Jacob Jacquet Klein Lacoste
    Lamy Launay Le-Goff Lebon Lesage Lévêque Maillet Mallet Marin Marion Maurin Monnier
    Navarro Ollivier Pasquier Pelletier Perret Petitjean Pichon Poulain Prévot Raymond Regnier
    Reynaud Riou Rousset Sauvage Seguin Tanguy Texier Thibault Torres Toussaint Vallet Verdier
    Vallée Voisin Weber Albert Allard Antoine Barthélemy Bazin Bertin Besson Blanchet Bouchet
    Boucher Bourdon Bouvier Briand Buisson Camus Chartier Chevallier Chopin Clerc Colin Combes
    Cordier Coste Coulon Courtois Daniel Delage Delattre Delaunay Delmas Devaux Didier Drouet
    Dubreuil Duhamel Dumoulin Durieux Favre Ferry Foucher Gallet Gaudin Georges Germain Gillet
    Godard Gosselin Goujon Grandjean Gros Guichard Guillet Guillou Hébert Jourdan Labbé
    Laborde Lafon Laroche Lassalle Laval Lejeune Leconte Legros Lelièvre Lemaître Leduc Lenoir
    Loiseau Maçon Maréchal Martel Mas Maury Michaud Morvan Neveu Normand Parent Pascal Pineau
    Poirot Pottier Rault Ricard Rocher Rossi Salmon Serre Techer Tournier Valentin Vaillant
    Vigneron Wagner""",
    """Bel Beau Bois Bon Bour Cast Champ Chan Char Châte Clair Cour Croix De Du Font Grand Haut La Le
    Lam Lar Mal Mar Mont Mor Noir Pas Per Pont Pru Puy Rav Roch Rou Saint- San Sav Ser Sou Tou
    Val Vau Ver Vil Vill""",
    """ard aud ault bert champ court din doux eau el ère et euil fort gnac ier in lier lin mont nac
    net neuil noit on ot oux quet rand reau ron sac ssier teil vigne ville voisin""",
    """Alexandre:Alex Alexandra:Alex Catherine:Cathy/Cath Christine:Chris/Kiki Christophe:Chris
    Frédéric:Fred Guillaume:Guy Maxime:Max Sébastien:Seb Stéphanie:Steph Stéphane:Steph
    Benjamin:Ben Nicolas:Nico Nathalie:Nath Valérie:Val Isabelle:Isa Caroline:Caro
    Véronique:Véro Dominique:Dom Philippe:Phil Patrick:Pat Patricia:Pat Élisabeth:Babeth
    Jacqueline:Jackie Emmanuel:Manu Grégory:Greg Jérémy:Jem Ludovic:Ludo Mickaël:Mika
    Théodore:Théo Joséphine:Jo Madeleine:Mado Margaux:Margot Amandine:Mandy Mathieu:Mat
    Vincent:Vince Antoine:Tonio""",
)

_SPANISH = (
    """María Carmen Ana Isabel Laura Cristina Marta Dolores Lucía Pilar Elena Sara Paula Raquel Rosa
    Beatriz Teresa Julia Silvia Patricia Irene Mercedes Andrea Francisca Alba Rocío Mónica
    Antonia Sonia Alicia Susana Natalia Sandra Claudia Margarita Nuria Yolanda Ángela Marina
    Concepción Inmaculada Eva Sofía Esther Noelia Verónica Inés Nerea Carolina Lorena Carla
    Daniela Martina Valeria Encarnación Josefa Montserrat Consuelo Amparo Victoria Gloria
    Celia Ainhoa Leire Itziar Miren Nekane Begoña Arantxa Edurne Garazi Olga Fátima Lidia
    Emilia Catalina Aurora Magdalena Manuela Juana Rosario Milagros Asunción Remedios Soledad
    Esperanza Purificación Ramona Vicenta Trinidad Matilde Elvira Adela Amalia Ascensión
    Blanca Clara Diana Elisa Estela Eugenia Gema Guadalupe Jimena Lourdes Luisa Macarena Maite
    Miriam Nieves Paloma Petra Rebeca Sagrario Tamara Tania Vanesa Virginia Ximena Yesenia
    Zulema Alejandra Fernanda Gabriela Mariana Renata Regina Adriana Camila Valentina Jazmín
    Araceli Leticia Maribel Norma Griselda Graciela Abril Candela Carlota Vega Triana Noa Lola
    Jimena Aitana Laia Berta Gisela Judit Mireia Núria Neus Roser""",
    """Antonio Manuel José Francisco David Juan Javier Daniel Jesús Carlos Miguel Alejandro Rafael
    Pedro Ángel Pablo Sergio Fernando Jorge Luis Alberto Álvaro Adrián Diego Raúl Iván Rubén
    Óscar Enrique Ramón Vicente Andrés Joaquín Santiago Víctor Mario Eduardo Roberto Jaime
    Ignacio Marcos Alfonso Salvador Hugo Ricardo Jordi Emilio Guillermo Gabriel Julián Julio
    Martín Tomás José-Luis Agustín Félix Gonzalo Nicolás Cristian Sebastián Gregorio César
    Domingo Alfredo Mariano Aitor Mikel Iker Unai Asier Xabier Gorka Eneko Josu Pau Marc Oriol
    Arnau Gerard Pol Xavier Albert Ismael Mateo Lucas Leo Izan Samuel Rodrigo Borja Isaac
    Esteban Lorenzo Ernesto Benito Rogelio Armando Arturo Felipe Federico Gerardo Gilberto
    Guadalupe Héctor Hernán Humberto Jacinto Leonardo Leopoldo Lázaro Marcelo Maximiliano
    Moisés Octavio Orlando Osvaldo Pascual Plácido Primitivo Ramiro Reinaldo Rodolfo Román
    Saúl Simón Teodoro Ulises Valentín Vidal Wenceslao Zacarías Abel Adolfo Amador Aurelio
    Bartolomé Baltasar Bernardo Bruno Camilo Celestino Claudio Conrado Damián Darío Dámaso
    Elías Eloy Emiliano Eugenio Eusebio Evaristo Fabián Faustino Fermín Fidel Florencio Germán
    Gustavo Isidro Jerónimo Joel Justo Leandro Luciano Marcelino Matías Modesto""",
    """García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Martín Jiménez
    Hernández Ruiz Díaz Moreno Muñoz Álvarez Romero Gutiérrez Alonso Navarro Torres Domínguez
    Ramos Vázquez Ramírez Gil Serrano Morales Molina Blanco Suárez Castro Ortega Delgado Ortiz
    Marín Rubio Núñez Medina Sanz Castillo Iglesias Cortés Garrido Santos Guerrero Lozano Cano
    Cruz Méndez Flores Prieto Herrera Peña León Márquez Cabrera Gallego Calvo Vidal Campos
    Reyes Vega Fuentes Carrasco Díez Aguilar Caballero Nieto Santana Pascual Herrero Montero
    Lorenzo Hidalgo Giménez Ibáñez Ferrer Durán Santiago Vicente Benítez Mora Arias Vargas
    Carmona Crespo Román Pastor Soto Sáez Velasco Moya Soler Parra Esteban Bravo Gallardo
    Rojas Pardo Merino Franco Espinosa Izquierdo Lara Rivas Silva Rivera Casado Arroyo Redondo
    Camacho Rey Vera Otero Luque Galán Montes Ríos Segura Sierra Marcos Carrillo Expósito
    Roldán Bernal Soriano Mendoza Macías Contreras Guerra Zamora Varela Bermúdez Heredia
    Robles Pacheco Trujillo Palacios Guzmán Lázaro Bueno Aranda Valero Miranda Beltrán Mateo
    Andrés Rosa Estévez Villanueva Simón Salas Padilla Barrios Manzano Quintana Pineda Salazar
    Avila Escobar Valencia Maldonado Rosario Ochoa Zavala Cervantes Juárez Cárdenas Sandoval
    Velázquez Estrada Orozco Cisneros Solís Acosta Figueroa Meza Ponce Villarreal Huerta Trejo
    Rosales Barrera Galván Tapia Bautista Zúñiga Saavedra Valdez Montoya Lugo Olvera Arellano
    Esparza Escalante Nava Rangel Bustamante Becerra Camarena Duarte Elizondo Farías Garza
    Gaitán Abad Alcaraz Alfaro Almeida Amador Aparicio Aragón Arribas Asensio Ayala
    Ballesteros Baños Barroso Benito Blasco Boix Bosch Burgos Caro Casas Castaño Cerezo Chacón
    Conde Correa Cordero Costa Cuesta Cuevas Escudero Esteve Falcón Ferreira Gálvez Gimeno
    Guillén Haro Hurtado Jurado Leal Llamas Llorente Lucas Luna Madrid Manrique Martí Mata
    Mesa Millán Miralles Moral Morán Murillo Naranjo Ojeda Oliva Olmo Osuna Pavón Peralta
    Plaza Polo Puig Quintero Quiroga Rico Roca Roig Rosell Rovira Rueda Salgado Sancho
    Santamaría Sastre Segovia Serra Sola Soria Tejada Tomás Toledo Tovar Toro Valle Vallejo
    Vela Verdugo Vilar Villa Villalba Villar Vives Zapata""",
    """Al Alba Alca Alda Alma Ara Ar Bar Ben Bur Cala Cam Can Car Casa Cas Cer Escal Esco Gala Gar
    Gor Gra Her Iba Iru La Lar Lo Man Mar Men Mira Mon Mont Na Ola Or Pal Peña Piñ Ques Sala
    San Sar Tor Tru Val Vel Villa Za Zu""",
    """ares arte azar bal ballos bar buena cedo ces dera do dona era eros erta eta ez garay goza güés
    illo inas ino iñán lejo mora nares neda ona osa quete redo rra rubia ta tán teja varría
    verde zábal""",
    """Francisco:Paco/Fran/Curro José:Pepe Manuel:Manolo/Lolo Antonio:Toño/Toni Ignacio:Nacho
    Enrique:Quique Guillermo:Guille Jesús:Chus/Suso Rafael:Rafa Alejandro:Álex/Jandro
    Eduardo:Edu Roberto:Rober Santiago:Santi/Yago Javier:Javi Miguel:Migue Fernando:Nando
    Alberto:Berto Salvador:Salva Joaquín:Ximo/Quino Gregorio:Goyo Daniel:Dani Sebastián:Sebas
    Dolores:Lola Concepción:Concha/Conchi Mercedes:Merche Rosario:Charo Montserrat:Montse
    Pilar:Pili Carmen:Mamen/Menchu Cristina:Cris Beatriz:Bea Patricia:Patri Isabel:Isa
    Encarnación:Encarna Inmaculada:Inma Consuelo:Chelo Josefa:Pepa Francisca:Paqui
    Antonia:Toñi Soledad:Sole Teresa:Tere Verónica:Vero Susana:Susi Guadalupe:Lupe
    Alejandra:Ale Gabriela:Gabi Leticia:Leti""",
)

_WORLD = (
    """Fatima Priya Mei Aisha Olga Agnieszka Ayşe Ewa Yuki Chiara Giulia Francesca Ananya Divya
    Lakshmi Pooja Neha Sunita Anjali Kavita Ling Xin Jing Yan Hui Na Thi Linh Huong Lan Mai
    Emine Zeynep Elif Hatice Merve Esra Małgorzata Katarzyna Joanna Magdalena Zofia Oksana
    Svetlana Tatiana Natalia Irina Ekaterina Leila Samira Yasmin Nour Mariam Khadija Amina
    Zahra Maryam Parisa Ioana Elena Mihaela Cristina Ana Marija Ivana Jelena Dragana Paola
    Valentina Silvia Beatrice Federica Inês Joana Catarina Mariana Noor Sanne Femke Lotte
    Ingrid Astrid Linnea Maja Freja Aino Ngozi Chidinma Amara Wanjiru Adaeze Thandi Naledi
    Min-Ji Soo-Jin Eun-Ji Haruka Sakura Aiko Siti Dewi Putri""",
    """Mohammed Ahmed Ali Mehmet Mustafa Wei Jian Raj Amit Sanjay Rahul Vijay Arjun Ravi Suresh Anil
    Deepak Sunil Hao Jun Lei Ming Chen Yong Minh Tuan Duc Hung Long Hasan Hüseyin Murat Emre
    Can Krzysztof Piotr Andrzej Tomasz Marcin Paweł Jakub Ivan Dmitri Sergei Alexei Vladimir
    Igor Oleg Omar Youssef Hassan Ibrahim Khalid Tariq Bilal Reza Hossein Amir Ion Andrei
    Mihai Cristian Bogdan Marko Nikola Stefan Luka Goran Giuseppe Marco Luca Francesco Matteo
    Alessandro Giovanni Andrea João Tiago Pedro Rui Bram Daan Sander Joost Lars Erik Anders
    Olav Mikael Juhani Chinedu Emeka Kwame Tunde Sipho Thabo Min-Jun Ji-Hoon Dong-Hyun Hiroshi
    Takashi Kenji Haruto Budi Agus Nguyen Farhad""",
    """Nguyen Khan Ali Patel Kumar Singh Wang Li Zhang Chen Liu Sharma Yılmaz Kaya Demir Şahin Çelik
    Kowalski Nowak Wiśniewski Wójcik Kamiński Ivanov Petrov Popescu Ionescu Rossi Russo
    Ferrari Esposito Bianchi Romano Colombo Silva Santos Ferreira Pereira Oliveira Costa Ahmed
    Hussain Hassan Mohamed Ibrahim Rahman Begum Chowdhury Gupta Agarwal Mehta Shah Desai Reddy
    Rao Iyer Nair Menon Das Ghosh Banerjee Mukherjee Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu
    Guo He Lin Luo Tran Le Pham Hoang Phan Vu Dang Bui Do Kim Lee Park Choi Jung Kang Cho Yoon
    Tanaka Suzuki Sato Watanabe Ito Yamamoto Nakamura Kobayashi Öztürk Aydın Özdemir Arslan
    Doğan Kılıç Aslan Çetin Kara Koç Kurt Lewandowski Zieliński Szymański Woźniak Dąbrowski
    Kozłowski Jankowski Mazur Krawczyk Volkov Sokolov Morozov Kuznetsov Popov Lebedev Novikov
    Horvat Kovačević Babić Marić Jovanović Petrović Nikolić Marković Papadopoulos Georgiou
    Nagy Kovács Tóth Szabó Horváth Novák Svoboda Dvořák Okafor Okonkwo Adeyemi Mensah Owusu
    Mwangi Otieno Nkosi Dlamini Haddad Mansour Nasser Khoury Benali Alaoui Jansen de-Vries
    van-den-Berg Bakker Visser Smit Meijer Andersson Johansson Karlsson Nilsson Hansen Olsen
    Larsen Jensen Nielsen Korhonen Virtanen Mäkinen""",
    """Abd Ade Ak Al Bal Bha Bog Cha Dem Dra Gro Gur Ha Ig Ja Kal Kar Kov Kra Lev Man Mar Mir Na Nik
    Ogu Ok Oz Pan Pav Pet Rad Raj Ram Rus Sa Sal Sem Sha Sta Su Tar Tem Ur Vas Ven Vol Ya Za""",
    """an aev akis ani ano arev ari atos bek chuk dar der dze elli enko escu ev har ian ić ido ikar
    inen ini ka kar ko koglu lan li lu mura nik nov oglu ov owicz pour sen shi ski skyi son
    tar tti udi uri wala wan yan zadeh""",
    """Mohammed:Mo/Mohamed/Muhammad Dmitri:Dima Alexei:Alyosha Vladimir:Vova Katarzyna:Kasia
    Małgorzata:Gosia Agnieszka:Aga Krzysztof:Krzys Giuseppe:Beppe/Pino Francesco:Franco/Checco
    Alessandro:Ale/Sandro Giovanni:Gianni Ekaterina:Katya Tatiana:Tanya Natalia:Natasha
    Svetlana:Sveta Magdalena:Magda Joanna:Asia Mehmet:Memo Mustafa:Mus Francesca:Franca
    Valentina:Vale Jakub:Kuba""",
)

_WORDS = {"en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH, "es": _SPANISH, "world": _WORLD}
