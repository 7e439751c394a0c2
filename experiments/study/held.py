"""Parameters that a design never draws unless it names them, and why."""

HELD = {
    "demand.known_until": "it decides what a forecast may know",
    "unexplained.scripted": "forecasts alone fill it",
    "unexplained.unscripted": "forecasts alone fill it",
    "unexplained.short": "forecasts alone fill it",
    "ai_producer.entry": "the date of the announcement is known",
    "ai_producer.announced_saving": "what was announced is known; whether it comes true is what is asked",
    "ai_producer.announced_shoot_cut": "what was announced is known; whether it comes true is what is asked",
    "ai_producer.promised_la_share": "what was promised is known; how far it is kept varies",
    "ai_producer.slate": "parts of a whole: they cannot move alone",
    "ai_people.course_cost": "it moves what the public pays and nothing else",
    "ai_tasks.use_by_stage": "claim C4 switches stages one by one",
    "ai_tasks.visual_models": "claim C4 switches tools one by one",
    "ai_tasks.cloud_compute": "claim C4 switches tools one by one",
    "ai_tasks.scheduling": "claim C4 switches tools one by one",
}
