"""What a message says as shipped, in Dutch and English: plain, kind, short, and never less than must be said."""

from collections.abc import Mapping

from peil.messages.model import MessageKind

Words = Mapping[str, str]

SUBJECTS: dict[str, dict[MessageKind, str]] = {
    "nl": {
        "invitation": "Doet u mee? {wave}",
        "reminder": "Herinnering: {wave}",
        "thanks": "Bedankt: {wave}",
        "cancellation": "Gaat niet door: {wave}",
    },
    "en": {
        "invitation": "Will you take part? {wave}",
        "reminder": "Reminder: {wave}",
        "thanks": "Thank you: {wave}",
        "cancellation": "Cancelled: {wave}",
    },
}

OPENINGS: dict[str, dict[MessageKind, str]] = {
    "nl": {
        "invitation": "Beste collega,\n\n{employer} wil graag weten hoe het met uw werk gaat, en vraagt u mee te doen "
        "aan “{wave}”.",
        "reminder": "Beste collega,\n\nTot {closes} kunt u nog meedoen aan “{wave}”. Hebt u al geantwoord, of wilt "
        "u liever niet meedoen? Dan hoeft u niets te doen.",
        "thanks": "Beste collega,\n\n“{wave}” is gesloten. Dank aan iedereen die meedeed. Dit bericht gaat naar "
        "alle genodigden, of zij nu meededen of niet.",
        "cancellation": "Beste collega,\n\n“{wave}” gaat niet door. Wat al was ingestuurd is vernietigd en telt "
        "nergens mee. U hoeft niets te doen.",
    },
    "en": {
        "invitation": "Dear colleague,\n\n{employer} would like to know how work is going for you, and invites you to "
        "take part in “{wave}”.",
        "reminder": "Dear colleague,\n\nYou can still take part in “{wave}”, until {closes}. Have you answered "
        "already, or would you rather not? Then there is nothing to do.",
        "thanks": "Dear colleague,\n\n“{wave}” is closed. Thank you to everybody who took part. This message goes "
        "to all who were invited, whether they took part or not.",
        "cancellation": "Dear colleague,\n\n“{wave}” was cancelled. What had been sent in is destroyed and counts "
        "for nothing. There is nothing you need to do.",
    },
}

# How to get in, by mode.
ACCESS: dict[str, dict[str, str]] = {
    "nl": {
        "blind": "Meld u hier aan zoals op uw werk; daarna antwoordt u zonder dat iemand ziet wie u bent:",
        "split": "U krijgt hiervoor een eigen code. Vul die hier in:",
        "handout": "In uw team worden codes uitgedeeld. Neem er zelf een en vul die hier in:",
    },
    "en": {
        "blind": "Sign in here as you do at work; you then answer without anybody seeing who you are:",
        "split": "You receive a code of your own for this. Enter it here:",
        "handout": "Codes are handed out in your team. Take one yourself and enter it here:",
    },
}

# What a mode may be called (anonymity.md), and why.
LABELS: dict[str, dict[str, str]] = {
    "nl": {
        "blind": "Uw antwoorden zijn anoniem: zij worden zonder naam bewaard en alleen als cijfers over een groep "
        "bekendgemaakt.",
        "split": "Uw antwoorden zijn vertrouwelijk, niet anoniem: wie de codes bezorgt, zou in uw plaats kunnen "
        "antwoorden. Bekend worden alleen cijfers over een groep.",
        "handout": "Uw antwoorden zijn anoniem: niemand weet welke code u nam, en bekend worden alleen cijfers over "
        "een groep.",
    },
    "en": {
        "blind": "Your answers are anonymous: they are kept without a name and published only as figures about "
        "a group.",
        "split": "Your answers are confidential, not anonymous: whoever delivers the codes could answer in your "
        "place. Only figures about a group are published.",
        "handout": "Your answers are anonymous: nobody knows which code you took, and only figures about a group "
        "are published.",
    },
}

FRAMES: dict[str, Words] = {
    "nl": {
        "know": "Goed om te weten",
        "minutes": "Het duurt ongeveer {minutes} minuten en kan tot {closes}.",
        "minute": "Het duurt ongeveer een minuut en kan tot {closes}.",
        "voluntary": "Meedoen is vrijwillig en geen vraag is verplicht. Uw leidinggevende en HR zien niet wie meedoet.",
        "final": "Een verstuurd antwoord kunt u niet meer intrekken.",
        "next": "Wat er nu gebeurt",
        "results": "De uitkomsten gaan over groepen, nooit over een persoon. Is een groep te klein, dan telt zij mee "
        "bij de afdeling erboven.",
        "follow": "{employer} bespreekt de uitkomsten met de teams en vertelt wat er verandert.",
        "routes": "Wilt u met iemand praten? Dan kunt u hier terecht",
        "sent": "Dit bericht komt van Peil, namens {employer}.",
        "opt-out": "Liever geen berichten hierover? {optOut}",
        "stays": "Ook zonder berichten kunt u gewoon meedoen.",
    },
    "en": {
        "know": "Good to know",
        "minutes": "It takes about {minutes} minutes and is possible until {closes}.",
        "minute": "It takes about a minute and is possible until {closes}.",
        "voluntary": "Taking part is voluntary and no question is compulsory. Your manager and HR do not see who "
        "takes part.",
        "final": "An answer that was sent cannot be withdrawn.",
        "next": "What happens next",
        "results": "The results are about groups, never about a person. Where a group is too small, it is counted "
        "with the unit above it.",
        "follow": "{employer} discusses the results with the teams and says what changes.",
        "routes": "Would you like to talk to somebody? You can turn to",
        "sent": "This message comes from Peil, on behalf of {employer}.",
        "opt-out": "Rather no messages about this? {optOut}",
        "stays": "Without messages you can still take part.",
    },
}

ROUTES: dict[str, Words] = {
    "nl": {
        "confidential-adviser": "Vertrouwenspersoon",
        "reporting-route": "Meldpunt",
        "complaints-procedure": "Klachtenregeling",
        "prevention-officer": "Preventiemedewerker",
        "occupational-physician": "Bedrijfsarts",
    },
    "en": {
        "confidential-adviser": "Confidential adviser",
        "reporting-route": "Reporting route",
        "complaints-procedure": "Complaints procedure",
        "prevention-officer": "Prevention officer",
        "occupational-physician": "Occupational physician",
    },
}

DAYS: dict[str, tuple[str, ...]] = {
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS: dict[str, tuple[str, ...]] = {
    "nl": (
        *("januari", "februari", "maart", "april", "mei", "juni"),
        *("juli", "augustus", "september", "oktober", "november", "december"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
AT: Words = {
    "nl": "{day} {date} {month} {year} om {time} uur",
    "en": "{day} {date} {month} {year}, {time}",
}
