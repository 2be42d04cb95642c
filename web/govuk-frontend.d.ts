/** What `page.js` uses of govuk-frontend, which ships no types. */

export class SkipLink {}
export function createAll(component: typeof SkipLink): void;
