/** Names that stand for others. */
export const givenNames =
  "Ada Alma Anton Arlo Asta Bela Bram Britt Cato Cleo Corin Dalia Dario Edda Elio Elva Emre Enno Esme Fabio Faye Fenna Floris Frida Gale Gero Gwen Hanno Hedda Henk Ilse Imre Inga Ivo Jannik Jette Joris Juno Kaja Kasper Kirsi Lasse Leto Levi Liv Lore Ludo Maite Malin Marek Merle Mika Milo Nadja Nele Niko Noor Odile Oona Orla Otis Pavel Petra Pim Quill Rasmus Reza Rhea Romy Runa Sami Selma Silas Sven Taavi Tamar Thea Tilda Timo Tove Ulla Uwe Vera Vidar Vito Wanda Wiebke Wim Xenia Yara Yves Zora".split(
    " ",
  );
export const familyNames =
  "Abel Acker Aldous Ambler Appel Arden Bakker Barlow Beck Berg Birk Blom Boll Bramley Brook Calder Carver Cole Dale Dekker Denholm Dorn Drury Eames Eckert Elling Falk Farrow Fenn Finch Flint Forde Gant Garrick Glass Grove Haas Hale Harper Hess Hilde Holm Hurst Ingram Jarvis Kemp Keller Kirk Kline Koster Lamb Lark Lehr Linde Loom Lund Marsh Mercer Moor Mosby Nash Noble North Olsen Orme Osten Paley Pike Pole Quint Rand Reed Rhodes Rook Roth Sayer Scholl Selby Shaw Sloan Stark Stern Storm Swan Tarn Thorn Todd Torp Vance Vogel Voss Wade Ware Webb Weir Wells Wick Wolfe Wynn Yale York Zander".split(
    " ",
  );
export const domainNames =
  "alder anchor ashford bayleaf birchwood bluestone bracken bridgewell brookside cedarhill clearwater copperfield cresthill dunmore eastgate elmwood fairlea fernhill fieldhouse foxglove glenside goldcrest greenhithe hartwell hawthorn hazelmere heathside highmoor hollybank ironbridge juniper kestrel kingsmead larkspur lindale longacre maplewood meadowside millbrook moorland northfield oakhurst orchard pinewood quarrybank redwood riverbend rosehill rowanlea sandbank silverdale southmere springwell stonebridge sunnyside thornbury valleyview waterside westbrook whitestone willowbank woodside yewtree".split(
    " ",
  );

/** What stands before the @ and is nobody's name. */
export const roles = new Set(
  "abuse accounting accounts admin all billing bookings contact customer customerservice enquiries events everyone feedback hello help helpdesk hr info invoice invoices it jobs mail mailer-daemon marketing news newsletter no-reply noreply notification notifications office orders postmaster press privacy receipts reception root sales security service shop staff support team webmaster".split(
    " ",
  ),
);

/** Words of names that say nothing of whose they are, and common words that are names too. */
export const plainWords = new Set(
  "and the von van der den del los las for from via inc ltd llc gmbh group team office sales support service services company department desk info mail news newsletter reply notifications notification customer account accounts billing admin people events shop store online your our this that with all new not may will can are you was has had his her one two who how out day now get see way its let did yes but use".split(
    " ",
  ),
);
/** Names that are everyday words: by themselves, changed only where they are written with a capital. */
export const everyday = new Set(
  "mark bill grant hope rose grace joy faith may will art rich dawn summer april june august amber ruby pearl dean frank guy jack rob sue pat drew chase miles page reed brook lane field wood hill green brown white black gray grey young long short king price cook bell ball park day sharp best wise good love rice stone ford march cross case lamb wolf fox bird".split(
    " ",
  ),
);
/** Hosts of everybody's mail: no company is named after them. */
export const publicHosts = new Set(
  "gmail googlemail outlook hotmail live yahoo icloud me aol gmx web proton protonmail mail posteo fastmail zoho yandex qq".split(
    " ",
  ),
);
