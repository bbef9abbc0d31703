"""How a team talks about its work when it has no figures of its own: a guide in Dutch and English."""

from peil.widgets.model import Guide, GuideStep

GUIDE = {
    "nl": Guide(
        title="Het teamgesprek, ook zonder cijfers",
        introduction="Een half uur is genoeg. Het gaat over het werk en niet over wie wat heeft geantwoord: daar "
        "vraagt niemand naar.",
        steps=[
            GuideStep(
                title="Hoe gaat het met het werk? (10 minuten)",
                questions=["Wat ging goed?", "Wat kostte energie?", "Waar liepen we vast?"],
            ),
            GuideStep(
                title="Wat vraagt nu aandacht? (10 minuten)",
                questions=[
                    "Wat is nu echt belangrijk?",
                    "Wat kan wachten, of stoppen?",
                    "Wat heeft u nodig van de anderen, of van de organisatie?",
                ],
            ),
            GuideStep(
                title="Wat spreken we af? (10 minuten)",
                questions=[
                    "Eén ding dat we anders doen: wie ziet erop toe, en vanaf wanneer?",
                    "Wanneer kijken we of het werkt?",
                ],
            ),
        ],
        closing="Liever niet in de groep? Ga naar uw leidinggevende, of in vertrouwen naar de vertrouwenspersoon.",
    ),
    "en": Guide(
        title="The team conversation, also without figures",
        introduction="Half an hour will do. It is about the work, not about who answered what: nobody asks that.",
        steps=[
            GuideStep(
                title="How is the work going? (10 minutes)",
                questions=["What went well?", "What cost energy?", "Where did we get stuck?"],
            ),
            GuideStep(
                title="What needs attention now? (10 minutes)",
                questions=[
                    "What really matters now?",
                    "What can wait, or stop?",
                    "What do you need of the others, or of the organisation?",
                ],
            ),
            GuideStep(
                title="What do we agree on? (10 minutes)",
                questions=[
                    "One thing that we do differently: who sees to it, and from when?",
                    "When do we look whether it works?",
                ],
            ),
        ],
        closing="Rather not in the group? Turn to your manager, or in confidence to the confidential adviser.",
    ),
}
