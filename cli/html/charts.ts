import type { Interval } from "../../sweeps/tally.ts";
import { html } from "./html.ts";
import type { Markup } from "./html.ts";

const WIDTH = 260;
const HEIGHT = 18;

/** A bar of a whole, with the words beside it for who does not see it. */
export function bar(share: number, words: string): Markup {
  const width = (Math.min(1, Math.max(0, share)) * WIDTH).toFixed(1);
  return html`<svg class="bar" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${words}">
    <rect class="rest" width="${WIDTH}" height="${HEIGHT}" rx="2" />
    <rect class="full" width="${width}" height="${HEIGHT}" rx="2" />
  </svg>`;
}

/**
 * A value and its interval on a line.
 *
 * @param from the line's ends; 0 is marked if it lies between them
 */
export function interval(
  value: number,
  { low, high }: Interval,
  [from, to]: readonly [number, number],
): Markup {
  const x = (at: number) =>
    (((Math.min(to, Math.max(from, at)) - from) / (to - from)) * WIDTH).toFixed(1);
  const middle = HEIGHT / 2;
  const zero =
    from < 0 && to > 0
      ? html`<line class="zero" x1="${x(0)}" x2="${x(0)}" y1="0" y2="${HEIGHT}" />`
      : "";
  return html`<svg class="interval" viewBox="-5 0 ${WIDTH + 10} ${HEIGHT}" aria-hidden="true">
    <line class="axis" x1="0" x2="${WIDTH}" y1="${middle}" y2="${middle}" />
    ${zero}
    <line class="reach" x1="${x(low)}" x2="${x(high)}" y1="${middle}" y2="${middle}" />
    <circle class="value" cx="${x(value)}" cy="${middle}" r="4" />
  </svg>`;
}

/** A class for how high a rate is, in tenths; `none` where nothing is known. */
export function heat(rate: number | null): string {
  return rate === null ? "none" : `h${Math.round(10 * rate)}`;
}
