"""What people are told before they answer, in Dutch and English: where they sign in and in the form itself."""

Pair = tuple[str, str]
"""Dutch and English."""

NO_REPORT: Pair = (
    "Een opmerking is geen melding: niemand leest haar voordat de meting is gesloten, en niemand kan op u terugkomen.",
    "A comment is not a report channel: nobody reads it before the wave has closed, and nobody can get back to you.",
)
"""Said in the notice and at every comment."""

TEXTS: dict[str, Pair] = {
    "voluntary": (
        "Meedoen is vrijwillig. Geen vraag is verplicht: u kunt elke vraag overslaan.",
        "Taking part is voluntary. No question is compulsory: you can skip any of them.",
    ),
    "anonymous-blind": (
        "Uw antwoord is anoniem. U haalt aangemeld een antwoordbewijs op dat blind is ondertekend; daarmee stuurt u"
        " uw antwoord in zonder te zeggen wie u bent. Uit wat Peil bewaart kan niemand de twee bij elkaar zoeken.",
        "Your answer is anonymous. Signed in, you get an answer token that was signed blindly; with it you send your"
        " answer without saying who you are. From what Peil keeps nobody can match the two.",
    ),
    "anonymous-handout": (
        "Uw antwoord is anoniem. De codes zijn uit een hoed getrokken: niemand weet wie welke code heeft.",
        "Your answer is anonymous. The codes were drawn from a hat: nobody knows who has which.",
    ),
    "confidential": (
        "Uw antwoord is vertrouwelijk, niet anoniem. Wie u de code bezorgt, weet welke code u heeft en zou in uw"
        " plaats kunnen antwoorden.",
        "Your answer is confidential, not anonymous. Whoever delivers the code to you knows which one you have and"
        " could answer in your place.",
    ),
    "reports-at": (
        "Uw antwoord telt mee in de groep {unit} van {invited} mensen. Een cijfer gaat over minstens zeven mensen.",
        "Your answer counts in the group {unit} of {invited} people. A figure is about seven people at least.",
    ),
    "reports-with-group": (
        "Uw antwoord telt mee in uw eigen groep. Een cijfer gaat over minstens zeven mensen.",
        "Your answer counts in your own group. A figure is about seven people at least.",
    ),
    "inline-form": (
        "Dit formulier staat in een pagina van {vendor}. Die pagina kan zien wat u invult voordat het wordt verstuurd.",
        "This form is part of a page of {vendor}. That page can see what you fill in before it is sent.",
    ),
    "one-key": (
        "Iedereen in uw groep deelt één sleutel. Alle sleutels staan in een openbare lijst met dit kenmerk:"
        " {manifest}.",
        "Everybody in your group shares one key. All keys are in a public list with this digest: {manifest}.",
    ),
    "token-lost": (
        "Uw antwoordbewijs staat alleen op uw eigen apparaat. Raakt het kwijt, dan is er geen nieuw.",
        "Your answer token is only on your own device. If it is lost there is no other.",
    ),
    "not-withdrawn": (
        "Een verstuurd antwoord kunt u niet intrekken: Peil weet niet welk antwoord van u is.",
        "An answer that was sent cannot be withdrawn: Peil does not know which one is yours.",
    ),
    "sealed": (
        "Wat u kiest wordt versleuteld bewaard en pas na afloop samengeteld. Daarna wordt het vernietigd.",
        "What you choose is kept encrypted and is only counted together at the end. Then it is destroyed.",
    ),
    "comments": (
        "Wat u zelf schrijft, leest na afloop eerst de vertrouwenspersoon. Wat die vrijgeeft, lezen ook anderen. "
        + NO_REPORT[0],
        "What you write yourself is read by the confidential adviser first, after the end. What the adviser releases"
        " is read by others too. " + NO_REPORT[1],
    ),
    "comment": (NO_REPORT[0] + " Noem hier geen namen.", NO_REPORT[1] + " Do not mention names here."),
    "remains": (
        "Wie als beheerder live beide aanroepen volgt, kan tijd en netwerkadres naast elkaar leggen. Haal uw"
        " antwoordbewijs daarom vroeg op en antwoord later, of vanaf een ander netwerk.",
        "An operator who watches both calls live could compare time and network address. Get your answer token early"
        " and answer later, or from another network.",
    ),
}
"""By code; `{names}` are filled in."""

LINES: dict[str, tuple[str, ...]] = {
    "blind": (
        "voluntary",
        "anonymous-blind",
        "reports-at",
        "one-key",
        "token-lost",
        "sealed",
        "comments",
        "not-withdrawn",
        "remains",
    ),
    "handout": ("voluntary", "anonymous-handout", "reports-at", "sealed", "comments", "not-withdrawn"),
    "split": ("voluntary", "confidential", "reports-at", "sealed", "comments", "not-withdrawn"),
}
"""The codes by mode, in the order in which they are told."""
