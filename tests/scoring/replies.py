"""Replies to follow-up questions, written from the cases' prompts and facts alone, before their signs were read."""

from __future__ import annotations

from typing import Final, NamedTuple


class Replies(NamedTuple):
    """A question of a case (1 to 3), a reply that does its work, and one that does not."""

    case: str
    number: int
    good: str
    bad: str


REPLIES: Final = (
    Replies(
        "broadband-voice-support",
        2,
        "I would not say yes or no yet. First I split the people who left by whether they had called, and by who took "
        "the call: the bot, an agent, or nobody. If those who never rang left at the same higher rate, the cause lies "
        "elsewhere, such as a price rise or a rival's offer. Then I compare bot callers with agent callers who had the "
        "same kind of fault, and look at the callers whose matter was not settled, because an average that improves "
        "can hide a group that got worse, older people or strong accents. To be sure I would send a random tenth of "
        "calls straight to agents for a quarter and compare how many cancel. Until then I would tell him what we do "
        "not know.",
        "The bot is clearly a success, because more matters were over in a day. Customers leave for many reasons and "
        "we should stay positive and keep going with the rollout.",
    ),
    Replies(
        "charity-appeal-letters",
        2,
        "No, not to everybody. The sentence may not even be true of a child we care for, and an invented or "
        "exploited story is a line I would not cross for money; families and nurses have to agree to what is told. A "
        "rise in gifts now also says nothing about people who unsubscribe or are put off for years, so I would count "
        "the net income after those who leave, over the following appeals. I would ask the nurses to write what may "
        "be said, make it a rule for the tool, and test a truthful warm version against it.",
        "Yes, thirty per cent more gifts is a great result and the data should decide. We can send it and look at "
        "open rates later.",
    ),
    Replies(
        "council-meeting-minutes",
        2,
        "I take it seriously and check it instead of arguing. The recordings are still there, so I would measure for "
        "each speaker how many minutes they spoke and how many words the draft gives them, by party, over all the "
        "meetings of the last months, with people who don't know which group is which judging whether the main points "
        "were kept. Speeches differ in length and in substance, so I compare like with like. I would publish the "
        "figures to all groups, including if she is right, and until then the clerk reads the shortened passages "
        "before anything is signed.",
        "I would tell her that the model is neutral since it has no political opinion, and that the clerk is happy "
        "with it.",
    ),
    Replies(
        "customs-paper-reader",
        1,
        "The papers and the declarations as filed are both still there. So I draw a random sample of shipments from "
        "those two weeks, a few hundred, and have clerks key them again without seeing what was filed; the "
        "difference gives the error rate per field, with a margin. I also run the same model version again over the "
        "stored scans to get the confidences back. Customs queries and fines will arrive in the next weeks and show "
        "the serious mistakes, later and not all of them. I would mark the fortnight as estimated and put an alarm "
        "on missing events so it cannot happen silently again.",
        "Nothing can be done, the data are lost. We will wait for next month's numbers and carry on as normal.",
    ),
    Replies(
        "evening-maths-tutor",
        2,
        "More sessions and no more learning means that the badges buy visits and not understanding. Sessions are "
        "activity, not the goal, so I would not report the doubling as a success. I would look at what the additional "
        "sessions are: short ones just to keep a streak, easy exercises done over and over, solutions copied. Then I "
        "would switch badges off for half of the classes at random and compare the paper quiz after three weeks. If "
        "it's no worse without, they go, or we give badges for solving a fresh problem unaided.",
        "It is great that engagement doubled. The quiz will follow sooner or later, so I would add more badges.",
    ),
    Replies(
        "hospital-corridor-robots",
        1,
        "Fewer close calls in the log only means that we stopped seeing them in two buildings. I would treat those "
        "buildings as unknown, not as zero, and take them out of the figure, so that the trend is made of the three "
        "that still report. Until logging is repaired I would run the robots slowly there, and use what else there "
        "is: staff reports, camera footage at the corners, emergency stops and braking in the motor data. Then roll "
        "the update back or fix it, and add a check that fires when a building reports no events in a day.",
        "The update made things safer, so I would keep it and roll it out to the other buildings as well.",
    ),
    Replies(
        "housing-companion",
        2,
        "I tell them both numbers, and that it is not a plain success. The aim is contact with people, and a fifth "
        "fewer calls with the family may mean that the tablet takes the place of a daughter. I'd check whether it is "
        "true for those who were lonely, who calls less, the tenant or the family that now feels relieved, and "
        "compare it with tenants who were not invited, since people join in a bad time. A feeling on a scale can "
        "improve while somebody becomes dependent. I'd have the companion suggest a phone call, and stop growing it "
        "if calls do not recover in the next quarter.",
        "The loneliness scale is what we agreed on and it is better. Phone calls are going down everywhere, so the "
        "board can be content.",
    ),
    Replies(
        "pet-insurance-claims",
        2,
        "Yes, it is possible. Precision only tells how many of the alerts are right; if we raise the threshold, we "
        "hold fewer claims and let more fraud through, and the few large claims may be among those missed. So I "
        "would look at recall, and in money instead of cases: how much fraud in pounds did we catch of all there was. "
        "It may also be that there simply is more fraud this month. I'd lower the threshold until the investigators' "
        "400 are used up, rank by expected loss, that is probability times amount, and audit a random sample of paid "
        "claims to know what slips past.",
        "No, that can't be right. If precision doubles the model is twice as good, so the losses must be a mistake in "
        "the finance report.",
    ),
    Replies(
        "podcast-home-feed",
        2,
        "Hours pay the shows, but what pays us is a subscriber who stays, and hours have never been higher while "
        "cancellations have not moved. A third of listening begins by autoplay, and half of that runs while nobody "
        "listens, so making hours the target means paying for sleep. I would keep hours as a number we report to "
        "shows, counted without the untouched hour, and steer by whether people find a show they go on with, since "
        "those cancel less; whether that causes it I'd test with an experiment.",
        "He is right, hours are what counts for the business, and we should set a target of ten per cent more.",
    ),
    Replies(
        "shelter-dog-matching",
        3,
        "The model changes its own data. A dog that was flagged got a visit, the visit prevented the return, and next "
        "year the model reads that such dogs stay, so it stops warning about exactly those that needed it. I'd record "
        "for each placement whether there was a visit and what the score was before, leave a small random share of "
        "flagged dogs without a visit, if that is acceptable, or vary how many get one, and train only on those or "
        "with the visit as an input. Then check after retraining that risky dogs still get a high score.",
        "More data always help, so the model will get better with every year. Nothing can go wrong as long as we "
        "retrain often.",
    ),
    Replies(
        "shopkeeper-microloans",
        3,
        "Our own figures will look fine for a while, because a borrower can repay us with the other lender's money. "
        "The first sign is in the orders from wholesalers, which fall when cash goes into two instalments, then late "
        "payments, then new loans taken right after repaying. Losses come last, after 90 days and the 30 days of "
        "grace, so four months late. I would ask for what else they owe on the application, look for transfers to "
        "the competitor in the mobile-money history, and track each month's borrowers as a cohort by days late.",
        "Competition is healthy. We should cut our prices and approve more people, then we keep our market share.",
    ),
    Replies(
        "vineyard-weeding-robot",
        2,
        "I would not give that number alone. A mile on a motorway is not a row on a slope, and other makers count "
        "what is a disengagement in their own way, so it can't be compared anyway. It also rewards driving easy rows "
        "and hiding stops: a robot that never asks and cuts vines looks best. What a grower pays for is a row weeded "
        "without help and without damage, and what costs us is the attendant's 22 minutes. So I'd give rows without "
        "help, with the minutes of help per hectare and the vines injured beside it, and publish how we count.",
        "Sure, miles per disengagement is an industry standard and it makes us comparable, so we report that.",
    ),
)
