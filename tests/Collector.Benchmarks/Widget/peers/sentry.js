// As its documentation says: the button that opens the form, put on the page by itself.
import { feedbackIntegration, init } from "@sentry/browser";

init({ dsn: "https://key@sentry.example/1", defaultIntegrations: false, integrations: [feedbackIntegration({ autoInject: true })] });
