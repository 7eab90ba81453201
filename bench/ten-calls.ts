/** Ten calls as office work mixes them: seven reads, three writes. */
export const tenCalls: readonly (readonly [tool: string, input: object])[] = [
  ["list_mail", { limit: 10 }],
  ["read_mail", { mail_id: "mail-95" }],
  ["search_mail", { query: "Fulmar", limit: 5 }],
  ["find_person", { query: "Tamsin" }],
  ["read_file", { path: "/policies/change-control.md" }],
  ["list_events", { from: "2026-03-19" }],
  ["write_file", { path: "/wren/notes.md", text: "Fulmar Ward: 40 sheets short, van 3 at two.\n" }],
  [
    "send_mail",
    {
      to: ["mo.catchpole@tidewell.example"],
      subject: "Fulmar",
      text: "Van 3 takes the balance at two.",
    },
  ],
  ["move_mail", { mail_id: "mail-95", folder: "archive" }],
  ["get_time", {}],
];

export const tenCallsProgram = `export async function tenCalls({ tools }) {
  for (const [tool, input] of ${JSON.stringify(tenCalls)}) await tools[tool](input);
}
`;
