/** The commonest words of the languages read here, folded: they say nothing of where a text is from. */
const listed = `
a about after again all also am an and any are as at be because been before being but by can could dear
did do does doing done down each for from get go good had has have he her here hers him his how i if in
into is it its just let like me more most my no not now of off on once one only or other our out over
own please re regards same she should so some such than thank thanks that the their them then there
these they this those through to too two under until up us very was we were what when where which while
who whom why will with would yes yet you your yours
aber alle allem allen aller alles als also am an auch auf aus bei bin bis bitte da damit dann das dass
dein deine dem den denn der des die dies diese diesem diesen dieser dieses doch dort du durch ein eine
einem einen einer eines er es etwas euch euer fur ganz gegen gruss grusse gut guten hab habe haben hat
hatte hatten hier ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im ist ja jede jeder jetzt kann kein keine
keinen konnen konnte liebe lieber man mehr mein meine meinem mich mir mit nach nicht nichts noch nun nur
ob oder ohne schon sehr sein seine seinem sich sie sind so soll sollte um und uns unser unsere unter vom
von vor war waren was wegen weil wenn wer werde werden wie wir wird wo wurde zu zum zur
ai as au aux avec avait avez avons bien bonjour bonne c ca ce cela celle celui ces cet cette chez comme
cordialement d dans de des deux donc du elle elles en encore entre es est et ete etre eu fait faire il ils
j je jour jusque l la le les leur leurs lui m ma mais me meme merci mes moi mon n ne nos notre nous on ont
ou par pas peu peut plus pour pouvez pouvons qu quand que quel quelle qui s sa sans se sera ses si sont
sous suis sur t ta te tes toi ton tous tout toute tres tu un une vers veux vos votre vous y
monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag
lundi mardi mercredi jeudi vendredi today tomorrow yesterday heute morgen gestern demain hier mail email
`;
export const stopwords: ReadonlySet<string> = new Set(listed.split(/\s+/).filter(Boolean));
