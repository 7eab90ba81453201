import { createHash } from "node:crypto";

interface Block {
  readonly cache_control?: object;
}

interface Body extends Block {
  readonly tools?: readonly Block[];
  readonly system?: readonly Block[];
  readonly messages: readonly { readonly role: string; readonly content: readonly Block[] }[];
}

/** How many blocks before a mark the server looks for what it remembers. */
const LOOKED_AT = 20;
const MOST_MARKS = 4;

/**
 * A provider's memory of prompts, by the rules it documents: what comes up to a mark is remembered;
 * before each mark it looks twenty blocks back for something it remembers. A token is a letter here.
 */
export function createPromptCache() {
  const remembered = new Set<string>();
  return (text: string) => {
    const body = JSON.parse(text) as Body;
    const blocks = [
      ...(body.tools ?? []).map((block) => ["tool", block] as const),
      ...(body.system ?? []).map((block) => ["system", block] as const),
      ...body.messages.flatMap(({ role, content }) =>
        content.map((block) => [role, block] as const),
      ),
    ];
    const marks = blocks.flatMap(([, { cache_control }], index) => (cache_control ? [index] : []));
    if (body.cache_control) marks.push(blocks.length - 1);
    if (marks.length > MOST_MARKS) throw new Error(`${marks.length} marks are too many`);
    const hash = createHash("sha256");
    let length = 0;
    const prefixes = blocks.map(([role, { cache_control: _, ...block }]) => {
      const words = `${role} ${JSON.stringify(block)}`;
      length += words.length;
      return { digest: hash.update(words).copy().digest("hex"), length };
    });
    const found = marks.flatMap((mark) =>
      prefixes
        .slice(Math.max(0, mark - LOOKED_AT + 1), mark + 1)
        .filter(({ digest }) => remembered.has(digest)),
    );
    const read = Math.max(0, ...found.map((prefix) => prefix.length));
    for (const mark of marks) remembered.add(prefixes[mark]!.digest);
    const last = prefixes[Math.max(...marks)]!.length;
    return {
      input_tokens: length - last,
      output_tokens: 7,
      cache_read_input_tokens: read,
      cache_creation_input_tokens: last - read,
    };
  };
}
