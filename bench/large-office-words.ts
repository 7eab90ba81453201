/** The words and sentences of which large offices are made: a maker of stairs and fitted furniture. */
export const firstNames = words(
  `Agnes Alban Anwen Basil Bettina Caspar Cerys Clement Cordelia Damaris Dermot Edda Elspeth Emrys
  Fenton Fiadh Garnet Gwilym Hamish Hattie Idris Ines Jago Jonquil Kerensa Lachie Linnet Lowri
  Magnus Maribel Morwenna Nesta Odette Osric Petra Piers Quentin Radka Rhys Romilly Sabine Selwyn
  Sorrel Tamar Tobias Ulla Verity Wilf Winnie Yusra`,
);

export const lastNames = words(
  `Abney Arkwright Bellwood Birtles Brackley Cawdor Chidgey Coverdale Dauncey Dunmore Eavis Fairclough
  Fewster Garside Goodacre Hallam Hebden Holroyd Inskip Jessop Kilburn Langstaff Leadbetter Maddock
  Marchbanks Nettleship Oakeshott Ormerod Pargeter Pickersgill Quance Ramsden Rokeby Sallis Shorrock
  Stanway Tattersall Thirkell Umney Venables Wadsworth Wetherell Whitlock Yarwood`,
);

export const teams = [
  "Drawing office",
  "Workshop",
  "Timber yard",
  "Finishing",
  "Fitting",
  "Transport",
  "Estimating",
  "Accounts",
  "Showroom",
  "Customer care",
  "Purchasing",
  "Works office",
] as const;

export const outside = [
  ["Larkbeck Timber", "larkbeck-timber.example", "supplier"],
  ["Hob Lane Ironmongery", "hoblane.example", "supplier"],
  ["Penhallow Homes", "penhallow-homes.example", "customer"],
  ["The Crooked Billet", "crooked-billet.example", "customer"],
  ["Thornaby Almshouses", "thornaby-almshouses.example", "customer"],
  ["Slate & Sons Builders", "slate-and-sons.example", "customer"],
  ["Merrow Insurance", "merrow.example", "vendor"],
  ["Fernleigh Borough", "fernleigh-borough.example", "authority"],
] as const;

/** What may stand in a place of a sentence; a choice may have places of its own. */
export const grammar: Readonly<Record<string, readonly string[]>> = {
  thing: lines(`
    the oak treads
    the ash handrail
    the newel posts
    the window seat
    the alcove shelves
    the boot-room bench
    the linen press
    the half landing
    the winder stair
    the loft ladder
    the larder doors
    the panelling for the hall
    the counter top
    the bunk beds
    the bookcases
    the kite winders
    the balusters
    the apron lining
    the wardrobe carcasses
    the plinths
    the drawer fronts
    the display plinth
    the corner cupboard
    the stringers
    the curtail step`),
  part: lines(`
    hinges
    dowels
    soft-close runners
    brass screws
    glue blocks
    wedges
    hanging rails
    shelf pins
    felt pads
    drip trays
    saw blades
    sanding belts
    wax sticks
    dust bags
    router cutters`),
  timber: ["oak", "ash", "beech", "sapele", "larch", "birch ply", "sycamore", "Douglas fir"],
  colour: ["bone", "moss", "slate", "oxblood", "chalk", "lamp black", "straw", "duck egg"],
  place: lines(`
    Quarry Cottage
    the almshouses
    Plot 14
    the mill conversion
    the vicarage
    the Crooked Billet
    Hatherlow Grange
    the old bakery
    the show home
    Ferry Lane
    the surgery at Stoke Marlow
    the reading room
    Number 9, The Drift
    the boat shed
    Cold Ash Farm
    the village hall`),
  where: lines(`
    in the yard
    behind the panel saw
    on the second rack
    in bay three
    by the spray booth
    under the mezzanine
    in the dry store
    next to the band saw
    on the trestles
    in the blue van`),
  day: words("Monday Tuesday Wednesday Thursday Friday"),
  when: lines(`
    before noon
    by {day}
    first thing on {day}
    at the end of the week
    once the glue has gone off
    when the van is back
    after the site meeting
    as soon as the paint is dry
    on {day} afternoon
    next week`),
  amount: [
    "two",
    "three",
    "four",
    "five",
    "six",
    "eight",
    "ten",
    "a dozen",
    "twenty",
    "thirty-odd",
  ],
  problem: lines(`
    is eight millimetres out of level
    came with the wrong moulding
    has a shake along the grain
    was measured from the old floor
    does not clear the beam
    is short by {amount} {part}
    has moved in the damp
    was drawn before the wall was taken down
    scuffed on the way up the stairs
    wants another coat of {colour}`),
  cause: lines(`
    because the screed was poured late
    since the plasterer had not finished
    as the drawing still shows the old door
    because nobody had told the yard
    now that the builder has changed his mind
    as the lorry broke down at the weighbridge
    because the {timber} was still too wet
    since the client has gone for {colour} after all`),
  fact: lines(`
    {thing} for {place} {problem}
    {thing} for {place} {problem} {cause}
    {thing} will be ready {when}
    we put {thing} {where} {cause}
    there are {amount} {part} left {where}, and {amount} more are on order
    the delivery of {timber} comes {when}, {amount} boards of it
    the fitters go to {place} {when} and want {thing} with them
    the site at {place} has no power until {day}
    I counted {amount} {part} {where}, not {amount}
    {place} has paid the second stage, and the third falls due {when}
    the moisture meter says {amount} per cent {where}, which is too much for {timber}
    {thing} may be sprayed {colour} {when}`),
  ask: lines(`
    Could you measure {thing} again {when}?
    Would you ring {place} and say that it will be {day}?
    Can we have {amount} more {part} {when}?
    Who has the drawing of {thing}?
    Is {thing} still meant to be {timber}, or did they settle on {timber}?
    Do you know whether {place} wants {thing} painted or oiled?
    May I take the blue van to {place} {when}?
    Could somebody look {where} for {amount} {part}?`),
  promise: lines(`
    I will have it done {when}.
    I have put it in the diary for {day}.
    I shall ask the drawing office {when} and come back to you.
    Leave it with me.
    I have told the fitters, and they grumbled, and they will do it.
    The new sheet is on the drive with the others.
    I will bring the samples of {colour} and {colour} over {when}.`),
  aside: lines(`
    The kettle in the works office is mended, for what it is worth.
    Mind the second step into the dry store, it is loose again.
    Somebody has left {amount} {part} in the sink.
    It smells of {timber} all the way up to Accounts, which is an improvement.
    The dog from next door was {where} again.
    If anyone is missing a flask, it is {where}.`),
  subject: lines(`
    {thing} for {place}
    {place}, {day}
    {part}: {amount} short
    Drawing of {thing}
    {timber} delivery
    Second fix at {place}
    Samples in {colour}
    Snags at {place}
    Invoice for {place}
    Van on {day}
    Measuring {place}
    {thing}, again`),
  opening: ["Hello,", "Good morning,", "Morning both,", "Hello all,", "Dear all,", "Just a line:"],
  closing: ["Thanks,", "Many thanks,", "All the best,", "With thanks,", "Yours,"],
  paragraph: lines(`
    {fact}. {fact}. {ask}
    {fact}. {promise}
    {ask} {fact}. {fact}.
    {fact}, and {fact}. {promise} {aside}
    {promise} {fact}. {ask}
    {aside} {fact}.`),
  meeting: lines(`
    Site meeting at {place}
    Look over {thing}
    Toolbox talk
    {timber} stock count
    Prices for {place}
    Snagging, {place}
    Fitters' huddle
    Review of {thing}
    Machine service {where}`),
};

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

function lines(text: string): string[] {
  return text.split("\n").flatMap((line) => line.trim() || []);
}
