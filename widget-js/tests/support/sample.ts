import type { Settings, Survey } from "../../src/settings";
import settings from "../fixtures/settings.json";

/** The standard survey, with all the texts that it comes with. */
export const sampleSettings = settings as unknown as Settings;
export const sampleSurvey = sampleSettings.surveys[0] as Survey;
