"""Every event that there can be, by its name, and what it means in Dutch and English."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Meaning(NamedTuple):
    """One line in each language."""

    nl: str
    en: str


EVENTS: Mapping[str, Meaning] = MappingProxyType(
    {
        "action.created": Meaning("Een maatregel is gepland.", "A measure was planned."),
        "action.updated": Meaning("Een maatregel is gewijzigd.", "A measure was changed."),
        "activity.created": Meaning("Er kwam een activiteit op de agenda.", "An activity was put on the agenda."),
        "activity.deleted": Meaning("Een activiteit ging van de agenda.", "An activity was taken off the agenda."),
        "activity.updated": Meaning("Een activiteit is gewijzigd.", "An activity was changed."),
        "campaign.created": Meaning("Een campagne is gemaakt.", "A campaign was created."),
        "campaign.updated": Meaning("Een campagne is gewijzigd.", "A campaign was changed."),
        "catalogue-entry.created": Meaning(
            "De werkgever voegde iets toe aan de catalogus.", "The employer added something to the catalogue."
        ),
        "catalogue-entry.updated": Meaning(
            "Iets van de werkgever in de catalogus is gewijzigd.", "An entry of the employer's was changed."
        ),
        "client.created": Meaning("Een client is gemaakt.", "A client was created."),
        "client.revoked": Meaning("Een client is ingetrokken.", "A client was revoked."),
        "client.updated": Meaning(
            "Een client of een van zijn geheimen is gewijzigd.", "A client or one of its secrets was changed."
        ),
        "colours.updated": Meaning("De kleur van de werkgever is gewijzigd.", "The employer's colour was changed."),
        "comments.awaiting": Meaning("Opmerkingen wachten op beoordeling.", "Comments await moderation."),
        "comments.changed": Meaning(
            "Een vrijgegeven opmerking is teruggetrokken.", "A released comment was withdrawn."
        ),
        "comments.released": Meaning(
            "De opmerkingen van een meting zijn vrijgegeven.", "A wave's comments were released."
        ),
        "communication.created": Meaning("Een bericht is gepland.", "A communication was planned."),
        "communication.deleted": Meaning("Een gepland bericht is verwijderd.", "A planned communication was deleted."),
        "communication.updated": Meaning("Een gepland bericht is gewijzigd.", "A planned communication was changed."),
        "consent-request.cancelled": Meaning(
            "De vraag aan de ondernemingsraad is ingetrokken.", "The request to the works council was withdrawn."
        ),
        "consent-request.created": Meaning(
            "De ondernemingsraad is om instemming gevraagd.", "The works council was asked for its consent."
        ),
        "consent-request.decided": Meaning("De ondernemingsraad heeft beslist.", "The works council has decided."),
        "consent.recorded": Meaning("Instemming is vastgelegd.", "Consent was recorded."),
        "consent.revoked": Meaning("Instemming geldt niet meer.", "Consent no longer holds."),
        "directory.imported": Meaning(
            "Mensen of afdelingen zijn ingelezen.", "People or units were imported: read the directory again."
        ),
        "employer.created": Meaning("De werkgever is aangemaakt.", "The employer was created."),
        "fatigue-budget.updated": Meaning(
            "Hoe vaak mensen gevraagd mogen worden is gewijzigd.", "How often people may be asked was changed."
        ),
        "instrument.created": Meaning("Een concept van een vragenlijst is gemaakt.", "A draft instrument was created."),
        "instrument.deleted": Meaning(
            "Een concept van een vragenlijst is verwijderd.", "A draft instrument was deleted."
        ),
        "instrument.imported": Meaning(
            "Een vragenlijst is ingelezen als concept.", "An instrument was imported as a draft."
        ),
        "instrument.published": Meaning("Een vragenlijst kan gebruikt worden.", "An instrument can be asked."),
        "issuer.confirmed": Meaning("Een aanmelddienst is bevestigd.", "An issuer was confirmed."),
        "issuer.created": Meaning("Een aanmelddienst is geregistreerd.", "An issuer was registered."),
        "issuer.revoked": Meaning("Een aanmelddienst is ingetrokken.", "An issuer was revoked."),
        "issuer.updated": Meaning("Een aanmelddienst is gewijzigd.", "An issuer was changed."),
        "message-settings.updated": Meaning(
            "Hoe mensen worden aangeschreven is gewijzigd.", "How people are written to was changed."
        ),
        "permission.recorded": Meaning(
            "Toestemming voor een vragenlijst is vastgelegd.", "Permission for an instrument was recorded."
        ),
        "permission.revoked": Meaning(
            "Toestemming voor een vragenlijst geldt niet meer.", "Permission for an instrument no longer holds."
        ),
        "person.created": Meaning("Iemand staat in de organisatie.", "Somebody was added to the directory."),
        "person.erased": Meaning("Wat iemand aanwijst is gewist.", "What names somebody was erased."),
        "person.updated": Meaning("Iemands gegevens of afdeling zijn gewijzigd.", "Somebody's data or unit changed."),
        "policy.created": Meaning("Er gelden strengere drempels.", "Stricter thresholds hold."),
        "precondition.recorded": Meaning("Een voorwaarde is vastgelegd.", "A precondition was recorded."),
        "progress-check.completed": Meaning(
            "Er is vastgelegd of een maatregel werkt.", "Whether a measure works was recorded."
        ),
        "progress-check.due": Meaning(
            "Er is te kijken of een maatregel werkt.", "It is time to see whether a measure works."
        ),
        "progress-check.overdue": Meaning(
            "Of een maatregel werkt is niet op tijd bekeken.", "Whether a measure works was not looked at in time."
        ),
        "release.published": Meaning(
            "De uitkomsten van een meting kunnen gelezen worden.", "The results of a wave can be read."
        ),
        "risk.created": Meaning("Een risico is toegevoegd.", "A risk was added."),
        "risk.updated": Meaning("Een risico is gewijzigd.", "A risk was changed."),
        "scim-connection.confirmed": Meaning("Een SCIM-koppeling is bevestigd.", "A SCIM connection was confirmed."),
        "scim-connection.created": Meaning("Een SCIM-koppeling is gemaakt.", "A SCIM connection was created."),
        "scim-connection.revoked": Meaning("Een SCIM-koppeling is ingetrokken.", "A SCIM connection was revoked."),
        "scim-connection.updated": Meaning(
            "Een SCIM-koppeling of een geheim ervan is gewijzigd.", "A SCIM connection or a secret of it was changed."
        ),
        "scim-secret.expiring": Meaning(
            "Een geheim van een SCIM-koppeling loopt binnenkort af.", "A secret of a SCIM connection ends soon."
        ),
        "support-route.created": Meaning("Er is een loket of vertrouwenspersoon bij.", "A support route was added."),
        "support-route.deleted": Meaning("Een loket of vertrouwenspersoon is weg.", "A support route was deleted."),
        "support-route.updated": Meaning(
            "Een loket of vertrouwenspersoon is gewijzigd.", "A support route was changed."
        ),
        "unit.created": Meaning("Een afdeling is gemaakt.", "A unit was created."),
        "unit.deleted": Meaning("Een afdeling is opgeheven.", "A unit was ended."),
        "unit.updated": Meaning("Een afdeling is gewijzigd of verplaatst.", "A unit was changed or moved."),
        "vendor-link.confirmed": Meaning("Een leverancier is toegelaten.", "A vendor was let in."),
        "vendor-link.created": Meaning(
            "Een leverancier is gekoppeld, of wacht daarop.", "A vendor was linked, or waits."
        ),
        "vendor-link.revoked": Meaning("Een leverancier mag niets meer.", "A vendor may act no more."),
        "wave-series.cancelled": Meaning("Een reeks metingen is geannuleerd.", "A series of waves was cancelled."),
        "wave-series.planned": Meaning("Een reeks metingen is gepland.", "A series of waves was planned."),
        "wave.cancellation-due": Meaning(
            "Het bericht dat een meting niet doorgaat moet uit.", "The message that a wave is off is due."
        ),
        "wave.cancelled": Meaning("Een meting gaat niet door.", "A wave is off."),
        "wave.closing": Meaning("Een meting is gesloten en wordt geteld.", "A wave has closed and is being counted."),
        "wave.codes-drawn": Meaning("De codes van een meting zijn opgehaald.", "The codes of a wave were drawn."),
        "wave.extended": Meaning("Een meting duurt langer.", "A wave lasts longer."),
        "wave.invitation-due": Meaning("De uitnodiging voor een meting moet uit.", "The invitation to a wave is due."),
        "wave.keys-destroyed": Meaning("De sleutel van een meting is vernietigd.", "The key of a wave was destroyed."),
        "wave.not-opened": Meaning("Een meting kon niet openen.", "A wave could not open."),
        "wave.opened": Meaning("Een meting is open.", "A wave is open."),
        "wave.opening": Meaning("Een meting wordt klaargezet.", "A wave is being made ready."),
        "wave.planned": Meaning("Een meting is gepland.", "A wave was planned."),
        "wave.ready": Meaning("Een meting opent op haar tijd.", "A wave opens at its time."),
        "wave.released": Meaning("Een meting is vrijgegeven.", "A wave was released."),
        "wave.reminder-due": Meaning("Een herinnering aan een meting moet uit.", "A reminder of a wave is due."),
        "wave.thanks-due": Meaning("De dank na een meting moet uit.", "The thanks after a wave are due."),
        "wave.unrecoverable": Meaning(
            "De sleutel van een meting is weg; haar antwoorden zijn niet te lezen.",
            "The key of a wave is gone; its answers cannot be read.",
        ),
        "wave.updated": Meaning("Een meting is gewijzigd.", "A wave was changed."),
        "webhook-endpoint.created": Meaning("Een webhookadres is gemaakt.", "A webhook endpoint was created."),
        "webhook-endpoint.deleted": Meaning("Een webhookadres is verwijderd.", "A webhook endpoint was deleted."),
        "webhook-endpoint.disabled": Meaning(
            "Aan een webhookadres wordt niets meer gestuurd, tot de ontvanger weer instemt.",
            "Nothing more is sent to a webhook endpoint, until its receiver agrees again.",
        ),
        "webhook-endpoint.updated": Meaning(
            "Een webhookadres of een geheim ervan is gewijzigd.", "A webhook endpoint or a secret of it was changed."
        ),
        "webhook-endpoint.verified": Meaning(
            "Een ontvanger heeft ingestemd: hierna komen de events.", "A receiver has agreed: events follow."
        ),
    }
)
