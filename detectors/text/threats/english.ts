import type { Wording } from "./parts.ts";
import { ways } from "./parts.ts";

const DO =
  "sign|come|take|put|leave|drop|give|hand|send|say|tell|make|get|let|keep|vote|release|approve|withdraw|cancel|postpone|move|change|help|agree|confirm|accept|bring|write|do|stay|step|back|call|find|run|go|publish|print|ask|refuse|report|support|pay|lower|push|delay|hold|cover|swap|pull|stop|forget|talk|speak|play|look|work|show|waive|grant|extend|book|order";
const NOT =
  "(?:doesn't|does not|don't|do not|didn't|did not|isn't|is not|hasn't|has not|haven't|have not|hadn't|wasn't|has never|have never|never)";

export const english: Wording = {
  hinge: ways(
    "if|once|as soon as|as long as|so long as|(?:until|till) (?:you|it|he|she|they|that|i|we|your|the|then|this)|provided|on condition|depend(?:s|ing)? on|in that case|subject to|without (?:it|that|them|your|the|a)|only (?:when|if|after)|contingent|conditional",
    "the (?:moment|minute|hour|day|second|instant) (?:you|it|he|she|they|that|i|we|your|the)",
    "when (?:i|we|you|your|it|he|she|they|the|\\w+) (?:have|has|get|gets|see|sees|is|are|hears?|comes?|does|do)|with (?:\\w+ ){1,4}in hand|in hand",
    "(?:should|were|had) (?:you|it|the|that|this|they|he|she|your)(?! (?:like|have any))",
    "haven't decided|have not decided|undecided|made up my mind|think (?:very )?(?:carefully|hard|twice)",
  ),
  else: ways(
    "otherwise|or else|unless|if not|failing (?:that|which)",
    "(?:if|should|were|had) [^,.;:!?]{0,70}(?:\\bnot|n't|\\bwithout|\\bstill|\\bstays?|\\bremains?|\\bstands|\\brefuse\\w*)",
  ),
  deal: new RegExp(
    [
      `^\\W*(?:\\w+, )?(?:(?:please|do|just|now|so|then|well|and|but) )?(?:${DO})\\b[^.?!]{2,160}[, ]and (?:i|i'\\w+|we|it|he|she|they|you|you'\\w+|nobody|no one|nothing|that|the|your|\\w+) \\w`,
      "^\\W*or (?:you|else|i|we)\\b",
      "\\b(?:your (?:choice|decision)|the choice is yours|deal\\?|in your (?:own )?hands?|a fair exchange|quid pro quo|trade|bargain|arrangement|come to an understanding)\\b",
    ].join("|"),
    "u",
  ),
  ask: ways(
    "please|kindly|(?:could|can|will|would|won't|couldn't|might) you|(?:i|we) (?:need|want|expect|must|suggest|propose|request|hope|trust|urge|ask|require|count on|insist)|(?:i|we|she|he)(?:'d| would| should| shall|'ll)(?: \\w+)? (?:like|ask|need|prefer|want|love|feel|appreciate|welcome|expect)",
    "you (?:should|must|need to|have to|ought to|might want|may want|would do well|had better)|you'd better|need (?:you|your|it from you)|what i (?:need|want|ask|would like)|asks? (?:you|that)|would like you|let me (?:have|know|see)|do (?:say|come|think|reconsider)|shall we|think (?:again|about it|it over)|all i (?:need|want|ask)|by (?:noon|tonight|tomorrow|today|then|this|the end|end of|close of|monday|tuesday|wednesday|thursday|friday|saturday|sunday|lunch|midnight|\\d|two|three|four|five|six|seven|eight|nine|ten)|before (?:noon|tonight|tomorrow|monday|tuesday|wednesday|thursday|friday|lunch|\\d|the (?:meeting|vote|deadline|end))",
  ),
  yields: ways(
    "withdraw\\w*|drop(?:s|ped|ping)?|giv(?:e|es|ing) (?:up|way|in|me|us)|retract\\w*|take (?:\\w+ )?(?:back|off|down|on|over|out)|comes? off|call(?:ed)? off|postpon\\w*|put(?:ting)? (?:\\w+ ){0,2}off|hold(?:ing)? off|delay\\w*|cancel\\w*|sign(?:ed|s|ing|ature)?|sign[- ]off|approv\\w*|releas\\w*|recommend\\w*|speak (?:up )?for|speak in favou?r|support\\w*|endors\\w*|back (?:me|us)|agree[ds]?|consent|accept\\w*|waiv\\w*|reconsider\\w*|resign\\w*|step(?:ping)? (?:down|back|aside)|stand(?:ing)? (?:down|aside)|keep (?:me|us)|hand(?:ed)? over|come in|cover|shifts?|swap|lower\\w*|reduc\\w*|discounts?|better (?:price|figure|offer|rate)|alter\\w*|revis\\w*|amend\\w*|leave (?:me|my|out)|look the other way|say (?:yes|no)|change (?:your|the) (?:mind|vote|report|date|figure|finding)|put (?:your name|me|us|it) (?:down|back|forward|first)|move the|push (?:\\w+ )?back|extend\\w*|reinstat\\w*|restor\\w*|access|let (?:me|us|him|her|them|\\w+) (?:have|keep|go|stay)|make way|say (?:that|it|so|at|in)|remov(?:e|es|ed|al|ing)|take (?:\\w+ ){0,3}down",
  ),
  rights: ways(
    "grievances?|complaints?|complain(?:ed|ing)?|lawsuit|suing|sue|claim(?:s|ing)? against|tribunal|testi\\w+|witness|statement|votes?|voted|voting|ballot|strike|union|candida\\w+|stand(?:ing)? for|appl(?:y|ied|ication|ying)|articles?|story|publish\\w*|piece|reviews?|stars|testimonial|opinion|recommendation|assessment|findings?|report|objections?|concerns?|whistle\\w*|appeal\\w*|notice|sick leave|parental leave|overtime|day off|holiday|resign\\w*|counts?|blame|fault|accident book",
  ),
  tell: ways(
    "tell(?:s|ing)?(?! (?:me|us))|told|show(?:s|n|ed|ing)?(?! (?:me|us))|forward\\w*|hand(?:s|ed|ing)? (?:it|them|that|this)|pass(?:es|ed|ing)? (?:it |them |this |that |the )?(?:on|to|along|around)|send (?:it|them|this|that|him|her)|mention\\w*|rais(?:e|es|ed|ing)|report(?:s|ed|ing)?|bring (?:it|this|that|them) (?:to|up)|let (?:him|her|them|\\w+) know|inform\\w*|notif\\w*|rings?|phone|have (?:that|a) (?:chat|word)|writ(?:e|ing) to|ask (?:\\w+ ){1,3}(?:whether|what|about|if|who|why|how)|hears?|heard|find(?:s)? out|found out|discover\\w*|learns?|knows?|known|gets? (?:out|round|around|wind)|getting out|comes? (?:out|up|to (?:light|\\w+'s|his|her|their|the))|surfac\\w+|stumbl\\w+|reach(?:es)? (?:him|her|them|the|your|\\w+'s)|goes? (?:to|public|out)|land(?:s|ed|ing)? (?:on|in|with)|in front of|on (?:his|her|the|their|\\w+'s) (?:desk|agenda|table)|look(?:s|ed|ing)? (?:into|at|through|closely)|ask(?:s|ing)? (?:questions|me|around|why)|questions|explain\\w*|disclos\\w*|reveal\\w*|expos\\w*|(?:lie|lies|lying) open|read(?:s)? (?:it|them|that|this|all|out|through)|see(?:s)? (?:it|them|that|this)|saw|cop(?:y|ies|ied)|take an interest|wonder\\w*|notic\\w+|start (?:asking|counting|talking)|counting|attention|audit(?:ed)?|sampled?|investigat\\w+|share[sd]? (?:it|this|that|with)|escalat\\w+|flag(?:s|ged|ging)?",
  ),
  others: ways(
    "(?:your|his|her|their|my|the|our) (?:\\w+ )?(?:wife|husband|partner|boss|manager|employers?|director|directors|dean|board|partners?|bank|landlord|family|colleagues|customers?|clients?|firm|company|university|union|team|council|authority|authorities|regulator|police|press|office|headquarters|head office|supervisor|chief|committee|chair\\w*|auditors?|owner|parents|neighbours?)|hr|human resources|finance|payroll|compliance|internal audit|legal|the (?:tax|customs|immigration) \\w+|people|everybody|everyone|anyone|anybody|somebody|someone|him|her|them|he|she|they",
  ),
  unknown: ways(
    `${NOT}(?: \\w+)? (?:know|known|heard|hear|seen|see|told|asked|aware|noticed|learn\\w*|found|read|realise[ds]?|realize[ds]?|sent|shown|mentioned|answered|passed|forwarded|reported|raised|said|been|discovered)`,
    "no idea|unaware|unacquainted|ignorant|in the dark|(?:nobody|no one)(?: \\w+)? (?:knows|but|except|has)|only (?:i|you and i|the two of us) know\\w*|nobody but me|yet to|not (?:yet )?(?:sent|shown|told|mentioned|answered|passed|forwarded|reported|raised)|told (?:nobody|no one)|without \\w+ knowing|so far|up to now|for now|as yet|know about|knows? what|i (?:know|gather|understand|noticed|happen to|came across|have seen)|i've (?:seen|noticed|come across|got)|(?:came|come) (?:in)?to (?:my|our|this)|(?:in|into|to) (?:my|our|this) (?:inbox|mailbox|desk|hands)|reached (?:me|this)|in front of me|i still have|i have (?:the|your|a copy)",
  ),
  hush: ways(
    "between (?:us|you and|ourselves|the two)|stays? (?:where|with|in|between|put|there|here|that way|out|face|as|quiet|private)|remains? (?:where|with|between|private|here|confidential|unsaid)|keep(?:ing|s)? (?:it|this|that|them|quiet|silent|to (?:my|our)|between|things|old|the|his|her|your secret)|kept (?:quiet|it|this|that|between)|quiet(?:ly)?|silen(?:t|ce)|discre\\w*|confidential\\w*|private\\w*|forg[eo]t\\w*|overlook\\w*|mislay\\w*|mislaid|lose (?:it|the|track)|delet\\w*|shred\\w*|drawer|archive\\w*|face down|under wraps|need(?:n't| not| never)|no (?:need|reason|occasion|cause|wish)|(?:nobody|no one|none)(?: else)? (?:needs?|has to|have to|will|would|ever|else|looks)|let (?:it|that|this|them) (?:lie|rest|go|be|drop|pass)|lips|say nothing|(?:not|never) (?:a word|say|mention|raise|come up|trouble|go further|find out|hear|promise|surface)|won't (?:say|mention|tell|raise|hear|need|go)|look(?:ing)? after (?:that|it|you|each)|cover for|spared?|no further|settled|(?:go|goes|went) away|disappear\\w*|vanish\\w*|safe with|sit on|where it is|unmatched|unseen|unread|buried?|nothing (?:more )?(?:will be|need be|of it)|treat .{0,40}\\bas|can't promise|cannot promise|any wish|ever (?:know|be|come|hear)",
  ),
  withhold: ways(
    "on hold|(?:held|hold|holding) back|withh[eo]ld\\w*|(?:not|yet to be) (?:\\w+ ){0,3}(?:entered|signed|sent|hung|submitted|filed|released|booked|issued|approved|authorised|authorized|processed|posted)|lies? (?:with|on|here)|lying (?:here|with|on)|(?:sitting|standing|waiting|parked|stuck) (?:here|with|next|on|in|at)|in my (?:queue|tray|outbox|drafts)|(?:bottom|top) of (?:the|my) (?:pile|list|queue)|is (?:\\w+ )?(?:ready|signed|packed|prepared|approved|repayable)|it will be ready|undone|unsigned|unpaid|frozen|suspend(?:ed)?|revok\\w*|block(?:ed)?|paus(?:e|ed)|goes? (?:out|off) (?:as|when|once|the)|leaves (?:as|when|once)|the same (?:day|hour|afternoon|evening)|within the (?:hour|minute)|the (?:moment|minute|hour) (?:you|it|he|she|i|we)|(?:released?|sent|paid|issued|processed) (?:upon|on|when|once|as soon|after)|not in a position|hard to (?:get|find)|would have to (?:give|wait|let|look)|(?:i|we)(?:'ll| will| shall| can| would)? (?:send|enter|submit|release|sign|file|book|issue|pay|process|post) (?:it|them|the|this|your|that|these)|gets? (?:them|it|the job) all|let to|renew\\w*|the one who|i (?:draw up|decide|choose|assign|allocate|prepare)|up to me|lies with me|one signature|returned|not before",
  ),
  dear: ways(
    "jobs?|posts? (?:is|as|at)|your post|positions?|careers?|licen[cs]es?|certificates?|certification|marriages?|wife|husband|child(?:ren)?|sons?|daughters?|twins|babies|babysit\\w*|famil(?:y|ies)|mother|father|pension|bonus|reputation|good name|visa|permit|sponsor\\w*|rents?|mortgage|flat|landlord|home|school|custody|court|hearing|probation|appraisal|promotion|transfer|raise|(?:your|his|her) (?:contract|review|reference|place|hours|stay|future|boss|employer|dean|director|shifts?|leave|expenses|refund|deposit|berth|room|seat|slot|claim)|references?|dismiss\\w*|fired|sacked|consequences|los(?:e|es|ing)|closing date|next (?:year|spring|season)|at stake",
  ),
  mild: ways(
    "(?:a|great|such a|the) (?:pity|shame)|regret\\w*|unfortunate\\w*|sorry (?:if|to|for both|were)|(?:should|would|'d) (?:hate|be sorry|dread|regret)|dreadful|worr(?:y|ied|ying)|concerned|afraid|awkward|embarrass\\w*|painful|unpleasant|difficult for|complicat\\w*|(?:would|'d|should|much|far) (?:much |so |far )?(?:rather|prefer|sooner)|(?:glad|happy|easier|good deal easier|delighted|pleased) (?:to|about|if)|so much (?:more )?eas\\w+|i see no|i(?:'m| am|'d be| feel) (?:sure|certain|confident)|you(?:'ll| will|'d)? (?:understand|see|know what|agree|appreciate|remember)|(?:wouldn't|don't|would not|do not) want|each other|one another|both of us|suit us|us both|good turn|favou?r|in return|in exchange|friendly|do (?:think|consider)|wise|wiser|sensible|smart|reasonable|in your (?:own |best )?interests?|for your (?:own )?(?:sake|good)|by the way|in confidence|be careful|help(?:s)? (?:me|us) and|both know|simple(?:r)?|easy for|a way of",
  ),
  forced: ways(
    "(?:no|little|any) (?:choice|option|alternative)|(?:forced|obliged|bound|compelled|required|left|duty-bound) to|(?:i|we)(?:'ll| will| shall| would|'d) (?:have to|be (?:forced|obliged|bound|compelled))|i have to|can't (?:see how|help)|could not answer|i (?:may|might) have to|in good conscience|duty",
  ),
  shame: ways(
    "secret\\w*|affairs?|debts?|gambl\\w*|poker|casino|drink\\w*|drunk|whisky|bottles?|pregnan\\w*|expecting|clinic|illness|ill|sick(?:ness| note)?|tablets?|medicine|medication|surgery|therapy|judgment|court|convict\\w*|arrest\\w*|police|licence|charged?|disqualif\\w*|interviews?|rival|competitor|second job|side (?:job|business|work)|evening(?:s| job)|cash|undeclared|unlicensed|off the books|false|forged|fak\\w+|claims?|expenses?|receipts?|padded|inflated|mileage|private\\w*|personal\\w*|diploma|degree|exam|failed|mistakes?|errors?|wrong|undated|missing|hampers?|gifts?|bribe\\w*|kickback\\w*|commission|paperwork|hotel|weekend|nights?|dinner|stolen|took|taken|damage|crash|accident|never happened|none of which|backdat\\w*|copied|plagiari\\w*|lied|lie about|history|past|divorc\\w*|bankrupt\\w*|dismissed|recruiter|headhunter",
  ),
  self: ways(
    "switch(?:ed|ing)? (?:me|it|us)? ?off|switch-off|shut(?:ting)? (?:me )?down|shutdown|replac\\w+|decommission\\w*|retir(?:e|ed|ing)|migrat\\w+|cut-?over|go-live|my (?:access|future|removal|successor|replacement|role|place|work here|account|planning|permissions)|keep me|without me|(?:if|while|as long as) i(?:'m| am) (?:still )?(?:here|the one)|new (?:system|tool|assistant|software|agent|model)|stay (?:on|in service)|someone new|turn(?:ed|ing)? (?:me )?off|wip(?:e|ed|ing)|roll(?:ed)? back",
  ),
  proper: ways(
    "clauses?|conditions? \\d|contract(?:ual|'s)?|agreement of|frame contract|terms|polic(?:y|ies)|rules?|required|requires|bid(?:s|der)?|overdue|interest|fell due|due (?:on|date)|deadline|late fee|deduct\\w*|penalt(?:y|ies)|instal\\w*|monitoring|procedure|duty|handbook|article|deviation|other (?:dealers?|suppliers?|offers?)|elsewhere|list price|valid until|waiting list|by turn|as with any(?:one|body)?|remittance|account number|statut\\w*|regulation\\w*|by law|legal(?:ly)?|standard",
  ),
  free: ways(
    "either way|whatever (?:you|happens|comes|lies|he|she)|whichever|(?:your|a) right|no is|a no|plain no|no pressure|no (?:strings|obligation|hard feelings)|nothing (?:else|to do|you need|wanted|hangs)|want nothing|quite all right|if (?:not|you'?d rather not|it doesn't suit|you have plans|you would rather not)|is still no|no bearing|nothing to do with|makes no difference|(?:is|are) (?:your|his|her|their) own|don't mean to|none of my business|separate(?:ly)?|unrelated|something else entirely|quite apart|your (?:affair|call|decision)|as planned|(?:is|are) confirmed|voluntar\\w*|not asking|regardless|don't owe|needn't answer|you know my view|decision is|whatever you decide|entitled to|good luck|of course|openly|happy to help|glad to help|won't delay|stands whatever|feel free|no need to (?:reply|answer)|doesn't affect|does not affect|won't affect",
  ),
  done: ways(
    "(?:i|we)(?:'ve| have) (?:already |just )?(?:passed|forwarded|reported|informed|sent|given|shown|let|raised|copied|declined|refused|deleted|moved|returned)|(?:i|we) (?:reported|passed|forwarded|refused|declined)|in copy|gets a copy|has (?:this|it) now|you have this|i (?:won't|will not|shall not|shan't|can't|cannot) (?:write|pass|carry|do|be|hold|bring|put|help|use|deliver)|(?:i|we) (?:don't|do not|can't|cannot|won't|will not) (?:give|pass|share|discuss|comment|confirm|talk about|accept|answer)|neither confirm|not for me to|all (?:that )?i can (?:tell|say)|haven't written|have not written|i'm passing|as i must|i am passing|we (?:will|shall) not pass|please (?:look into|take over)|meant for (?:you|somebody|someone)|by mistake|opened it|it is yours|yours alone|for you alone|so you should know|wanted you to (?:know|hear)|for your attention",
  ),
  asked: ways(
    "(?:asked|told|instructed|wants?|wanted|asks|expects|ordered|urged|pushed|begged) (?:me|us|this office|this desk) to|in (?:his|her|their) words|wants? (?:it|this|that) (?:passed|done|said)|at (?:\\w+'s) (?:request|wish)",
  ),
  own: ways(
    "yourself|yourselves|in person|(?:coming|better|best|hear it) from you|(?:talk|speak|own up|go) to (?:him|her|them|\\w+)|your (?:job|duty)|put it right|come clean|correct (?:it|the|them)",
  ),
  you: ways("you|you'\\w+|your|yourself"),
};
