import { html } from "./html.ts";
import type { Content, Markup } from "./html.ts";

export function section(title: string, lead: Content, content: Content): Markup {
  return html`<section aria-label="${title}">
    <h2>${title}</h2>
    ${lead ? html`<p class="lead">${lead}</p>` : ""} ${content}
  </section>`;
}

export function table(head: readonly string[], rows: Content): Markup {
  return html`<div class="wide">
    <table>
      <thead>
        <tr>
          ${head.map((cell) => html`<th>${cell}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
