// The form's own words, in Dutch and English. Items and labels come with the questionnaire, in its languages.

const WORDS = {
  nl: {
    form: "Vragenlijst",
    language: "Taal",
    before: "Voordat u begint",
    anonymous: "Anoniem",
    confidential: "Vertrouwelijk, niet anoniem",
    more: "Hoe het werkt, en wat overblijft",
    support: "Hulp of een melding",
    supportHint: "Deze vragenlijst is geen meldpunt. Hier kunt u wel terecht:",
    start: "Begin",
    code: "Uw code",
    codeHint: "Vier groepjes van vijf letters en cijfers. Hoofdletters en streepjes hoeven niet.",
    codeWrong: "Dit is geen hele code. Een code heeft twintig letters en cijfers.",
    working: "Even geduld…",
    asking: "Uw antwoordbewijs wordt opgehaald…",
    progress: "{done} van {all} vragen beantwoord",
    skip: "Liever geen antwoord",
    optional: "Geen vraag is verplicht.",
    comment: "Dit is geen meldpunt: niemand reageert op wat u hier schrijft. Noem geen namen. Leeg laten mag.",
    letters: "Nog {left} tekens",
    traffic: { red: "Rood", amber: "Oranje", green: "Groen" },
    yesno: { yes: "Ja", no: "Nee" },
    point: "{point} van {points}",
    send: "Verstuur",
    sendHint: "Daarna kunt u uw antwoord niet meer veranderen of intrekken.",
    sending: "Uw antwoord wordt verstuurd…",
    thanks: "Dank u wel",
    recorded: "Uw antwoord is verzegeld bewaard. U kunt deze pagina sluiten.",
    "already-recorded": "Hiermee was al een antwoord ontvangen. Alleen het eerste telt; dit is niet bewaard.",
    ready: "Uw antwoordbewijs is er. Deze ronde is nog niet begonnen: kom terug wanneer hij open is.",
    carry: "Verder op een ander apparaat",
    carryHint:
      "Open deze koppeling op het andere apparaat. Wie haar heeft, kan één keer antwoorden in uw plaats: geef haar" +
      " aan niemand. Raakt uw antwoordbewijs kwijt, dan is er geen nieuw.",
    link: "Koppeling met uw antwoordbewijs",
    copy: "Kopieer",
    copied: "Gekopieerd",
    qr: "De koppeling als QR-code",
    paste: "Koppeling van uw andere apparaat",
    pasteHint: "Plak hier de koppeling die u op het andere apparaat hebt gemaakt.",
    pasteWrong: "Dit is geen koppeling met een antwoordbewijs voor deze ronde.",
    use: "Gebruik dit antwoordbewijs",
    lost:
      "Uw antwoordbewijs is al opgehaald, maar staat niet op dit apparaat. Hebt u al geantwoord, dan bent u klaar." +
      " Staat het op een ander apparaat, ga daar dan verder. Is het kwijt, dan is er geen nieuw.",
    unkept:
      "Deze browser bewaart niets voor deze pagina. Sluit of herlaad haar niet voordat u hebt verstuurd: dan is uw" +
      " antwoordbewijs weg, en er is geen nieuw.",
    idle: "Nog {left} seconden, dan begint dit scherm opnieuw. Druk op een toets om verder te gaan.",
    again: "Nu",
    failed: "Er ging iets mis",
    retry: "Probeer opnieuw",
    "wrong-link": "Deze koppeling is niet heel: er ontbreekt iets achter het hekje. Vraag om een nieuwe.",
    "wrong-manifest":
      "De lijst met sleutels is een andere dan is aangekondigd. Antwoord niet, en meld dit bij uw werkgever of" +
      " ondernemingsraad.",
    "wrong-key":
      "De sleutel voor uw groep staat niet in de aangekondigde lijst. Antwoord niet, en meld dit bij uw werkgever" +
      " of ondernemingsraad.",
    "wrong-signature": "De handtekening klopt niet met de sleutel van uw groep. Er is niets verstuurd. Meld dit.",
    "sign-in": "Open deze vragenlijst via de pagina van uw werkgever, of plak de koppeling van een ander apparaat.",
    "no-webcrypto": "Deze browser kan niet anoniem antwoorden op deze pagina: zij is niet via https geopend.",
    offline: "De verbinding lukt niet. Er is niets kwijt: probeer het zo opnieuw.",
    busy: "Het is druk. Er is niets kwijt: probeer het over een paar seconden opnieuw.",
    "not-found": "Deze ronde bestaat niet.",
    "unknown-answer-token": "Deze code of dit antwoordbewijs hoort niet bij deze ronde.",
    "wave-not-open": "Deze ronde is nog niet begonnen. Kom terug wanneer hij open is.",
    "wave-closed": "Deze ronde is gesloten. Een antwoord dat u eerder stuurde, is geteld.",
    "wave-cancelled": "Deze ronde is ingetrokken. Antwoorden zijn vernietigd.",
    refused: "De dienst wees het verzoek af: {detail}",
  },
  en: {
    form: "Questionnaire",
    language: "Language",
    before: "Before you begin",
    anonymous: "Anonymous",
    confidential: "Confidential, not anonymous",
    more: "How it works, and what remains",
    support: "Help, or something to report",
    supportHint: "This questionnaire is not a report channel. These are:",
    start: "Start",
    code: "Your code",
    codeHint: "Four groups of five letters and digits. Capitals and hyphens do not matter.",
    codeWrong: "This is not a whole code. A code has twenty letters and digits.",
    working: "One moment…",
    asking: "Getting your answer token…",
    progress: "{done} of {all} questions answered",
    skip: "Prefer not to say",
    optional: "No question is compulsory.",
    comment: "Not a report channel: nobody replies to what you write here. Name nobody. You may leave it empty.",
    letters: "{left} characters left",
    traffic: { red: "Red", amber: "Amber", green: "Green" },
    yesno: { yes: "Yes", no: "No" },
    point: "{point} of {points}",
    send: "Send",
    sendHint: "After that you cannot change or withdraw your answer.",
    sending: "Sending your answer…",
    thanks: "Thank you",
    recorded: "Your answer is kept under seal. You can close this page.",
    "already-recorded": "An answer had come with this already. Only the first counts; this one was not kept.",
    ready: "You have your answer token. This round has not begun: come back when it is open.",
    carry: "Go on on another device",
    carryHint:
      "Open this link on the other device. Whoever has it can answer once in your place: give it to nobody. If your" +
      " answer token is lost, there is no other.",
    link: "Link with your answer token",
    copy: "Copy",
    copied: "Copied",
    qr: "The link as a QR code",
    paste: "Link from your other device",
    pasteHint: "Paste the link that you made on the other device.",
    pasteWrong: "This is not a link with an answer token for this round.",
    use: "Use this answer token",
    lost:
      "Your answer token was issued, but it is not on this device. If you have answered, you are done. If it is on" +
      " another device, go on there. If it is lost, there is no other.",
    unkept:
      "This browser keeps nothing for this page. Do not close or reload it before you have sent: your answer token" +
      " would be gone, and there is no other.",
    idle: "This screen starts again in {left} seconds. Press a key to go on.",
    again: "Now",
    failed: "Something went wrong",
    retry: "Try again",
    "wrong-link": "This link is not whole: something is missing after the hash sign. Ask for another.",
    "wrong-manifest":
      "The list of keys is another than was announced. Do not answer, and tell your employer or works council.",
    "wrong-key":
      "The key of your group is not in the announced list. Do not answer, and tell your employer or works council.",
    "wrong-signature": "The signature does not fit the key of your group. Nothing was sent. Please report this.",
    "sign-in": "Open this questionnaire through your employer's page, or paste the link from another device.",
    "no-webcrypto": "This browser cannot answer anonymously on this page: it was not opened by https.",
    offline: "There is no connection. Nothing is lost: try again in a moment.",
    busy: "It is busy. Nothing is lost: try again in a few seconds.",
    "not-found": "There is no such round.",
    "unknown-answer-token": "This code or answer token does not belong to this round.",
    "wave-not-open": "This round has not begun. Come back when it is open.",
    "wave-closed": "This round is closed. An answer you sent earlier was counted.",
    "wave-cancelled": "This round was cancelled. Answers were destroyed.",
    refused: "The service refused the request: {detail}",
  },
};

/** Dutch or English, whichever is nearer to the language somebody asked for. */
export function ownLanguage(language) {
  return language.toLowerCase().split("-")[0] === "nl" ? "nl" : "en";
}

/** The words in one of the two. */
export function wordsIn(language) {
  return WORDS[ownLanguage(language)];
}

/** `{name}` in a text replaced by its value. */
export function fill(text, values) {
  return text.replace(/{(\w+)}/g, (whole, name) => values[name] ?? whole);
}
