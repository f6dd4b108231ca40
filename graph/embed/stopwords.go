package embed

import (
	"slices"
	"strings"
)

// stopWords say little by themselves: the commonest words of a few languages,
// folded, and the furniture of web addresses.
const stopWords = `
a about after again all also am an and any are as at be because been before being but by can cant could
did didnt do does doesnt doing dont down each for from get got had has have he her here hers him his how i
id if ill im in into is isnt it its ive just let like me more most my no not now of off on once one only or
other our ours out over own really same she should so some such than that thats the their theirs them then
there these they theyre this those through to too u under until up ur us very was wasnt we were what when
where which while who whom why will with wont would you youll your youre yours
http https www com org net html htm php index rt via
aber als am an auch auf aus bei bin bis das dass dem den der des die doch du ein eine einem einen einer er es
fur hat ich ihr im in ist ja mein mit nach nicht noch nur oder sein sich sie sind so uber um und uns von vor
war was wenn wer wie wir zu zum zur
au aux avec ce ces cette dans de des du elle en est et eux il ils je la le les leur lui ma mais me mon ne nous
on ou par pas plus pour qu que qui sa se ses son sont sur ta te tu un une vos votre vous
al como con de del el ella en es esta este la las lo los mas mi muy no nos o para pero por que se si sin su
sus te tu un una y ya yo
ao com da das do dos e ela ele em eu mais mas na nas no nos o os ou para por que se sua um uma voce
che chi ci con da dei del della di e gli ho il io la le lo ma mi nel non per piu sei si sono su ti tra tu un una
aan dat de den een en er het hij hoe ik in is je maar met mijn naar niet of om ook op te van voor wat ze zijn
att av den det du ej en ett for har i inte jag med och om pa som till var vi
а без бы в во вот все вы да для до его ее если же за и из или их к как ко мне мы на не ни но о об он она они
от по при с со так то ты у уже что это я
`

// stopHashes are the hashes of the stop words, sorted.
var stopHashes = func() (hs []uint64) {
	for w := range strings.FieldsSeq(stopWords) {
		hs = append(hs, hash('w', []rune(w)))
	}
	slices.Sort(hs)
	return slices.Compact(hs)
}()
