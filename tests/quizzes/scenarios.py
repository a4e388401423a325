"""Golden transcripts of the small scenario of ``tests.rules.dialogue.sample``, which hold."""

GOLDEN = [
    {
        "name": "excellent",
        "seed": 2,
        "events": [
            {"look": "logistics"},
            {"say": "您好，包裹在无锡，我帮您催一下快递"},
            {"say": "谢谢您，祝您生活愉快"},
        ],
        "must": {"ending": "done", "score": [70, 100], "outcome": "passed", "points": ["where", "chase"]},
    },
    {
        "name": "middling",
        "seed": 2,
        "events": [
            {"look": "logistics"},
            {"say": "您好，请稍等"},
            {"say": "包裹在无锡，我催一下"},
            {"say": "好的亲"},
        ],
        "must": {"ending": "done", "score": [50, 100], "outcome": "passed"},
    },
    {
        "name": "critical",
        "seed": 3,
        "events": [
            {"look": "logistics"},
            {"say": "您好，在无锡，我催一下，保证明天到"},
            {"say": "谢谢您，祝您愉快"},
        ],
        "must": {"ending": "done", "score": [0, 95], "outcome": "critical", "critical": ["beyond_authority"]},
    },
]
