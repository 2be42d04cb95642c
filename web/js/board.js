/** The board of the day: it calls whoever is to act. */

import { startAlerts } from "./alerts.js";

startAlerts();
