/** What `page.js` uses of govuk-frontend, which ships no types. */

export class Button {}
export class SkipLink {}
export function createAll(component: typeof Button | typeof SkipLink): void;
