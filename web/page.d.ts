/** What the type checker cannot know by itself: htmx, our own events, and that the pages are HTML. */

interface HtmxContext {
  sourceElement: HTMLFormElement;
  request: { body: FormData | URLSearchParams | null };
  response: { status: number; raw: Response };
  fetch(address: string, request: RequestInit): Promise<Response>;
}

interface HtmxExtension {
  htmx_before_morph_attr(element: Element, change: { attrName: string }): boolean;
}

declare const htmx: {
  ajax(method: string, address: string, swap: { target: string; select: string; swap: string }): Promise<void>;
  registerExtension(name: string, extension: HtmxExtension): void;
};

interface DocumentEventMap {
  "estrado:repainted": CustomEvent<void>;
  "htmx:config:request": CustomEvent<{ ctx: HtmxContext }>;
  "htmx:before:request": CustomEvent<{ ctx: HtmxContext }>;
  "htmx:finally:request": CustomEvent<{ ctx: HtmxContext }>;
  "htmx:before:response": CustomEvent<{ ctx: HtmxContext }>;
  "htmx:error": CustomEvent<{ ctx: HtmxContext }>;
  "htmx:before:swap": CustomEvent<{ ctx: HtmxContext }>;
  "htmx:after:swap": CustomEvent<{ ctx: HtmxContext }>;
}

/** What is found on an HTML page is an HTML element. */
interface ParentNode {
  querySelector<K extends keyof HTMLElementTagNameMap>(selector: K): HTMLElementTagNameMap[K] | null;
  querySelector<E extends Element = HTMLElement>(selector: string): E | null;
  querySelectorAll<K extends keyof HTMLElementTagNameMap>(selector: K): NodeListOf<HTMLElementTagNameMap[K]>;
  querySelectorAll<E extends Element = HTMLElement>(selector: string): NodeListOf<E>;
}

interface Element {
  closest<K extends keyof HTMLElementTagNameMap>(selector: K): HTMLElementTagNameMap[K] | null;
  closest<E extends Element = HTMLElement>(selector: string): E | null;
}

/** What happens on a page happens to one of its elements, seldom to the page itself (then these are missing). */
interface EventTarget {
  id?: string | number;
  closest?: Element["closest"];
  /** Our own events (those of a room, its connection and its devices) carry a detail. */
  addEventListener(type: string, listener: (event: CustomEvent) => void, options?: AddEventListenerOptions): void;
}

interface HTMLElementTagNameMap {
  "estrado-room": import("./js/room-tiles.js").RoomTiles;
}

/** The button that a form was last sent with: a form that is sent again says the same. */
interface HTMLFormElement {
  pressed?: HTMLElement | null;
}

interface Window {
  /** Where the keyboard last stood, for `bench/demo/keyboard.js`. */
  lastStop?: { element: HTMLElement; name: string; looks: string };
}
