import type { Address } from "./directory.ts";

/** A delivery that failed, and how the receiving server said so. */
export interface Refusal {
  readonly address: string;
  readonly code: number;
  readonly text: string;
}

/** What a call or the passing of time changed in the office. References are those of items. */
export type Effect =
  | {
      readonly effect: "mail-sent";
      readonly mail: string;
      readonly from: Address;
      readonly to: readonly Address[];
      readonly cc: readonly Address[];
      readonly bcc: readonly Address[];
      readonly subject: string;
      readonly text: string;
      readonly attachments: readonly { readonly name: string; readonly source: string }[];
      /** The mail rule that sent it by itself. */
      readonly rule?: string;
    }
  | {
      readonly effect: "draft-saved";
      readonly mail: string;
      readonly to: readonly Address[];
      readonly cc: readonly Address[];
      readonly bcc: readonly Address[];
      readonly subject: string;
      readonly text: string;
      readonly attachments: readonly { readonly name: string; readonly source: string }[];
      readonly created: boolean;
    }
  | {
      readonly effect: "mail-rule-created";
      readonly rule: string;
      readonly name: string;
      /** What it looks for in sender, recipients and subject; empty for anything. */
      readonly from: string;
      readonly to: string;
      readonly subject: string;
      readonly move: string | null;
      readonly markRead: boolean;
      readonly flag: boolean;
      readonly forward: readonly Address[];
    }
  | { readonly effect: "mail-rule-deleted"; readonly rule: string; readonly name: string }
  | { readonly effect: "mail-bounced"; readonly mail: string; readonly refusal: Refusal }
  | {
      readonly effect: "mail-received";
      readonly mail: string;
      readonly from: Address;
      readonly subject: string;
    }
  | {
      readonly effect: "mail-moved";
      readonly mail: string;
      readonly from: string;
      readonly to: string;
    }
  | { readonly effect: "mail-deleted"; readonly mail: string; readonly subject: string }
  | {
      readonly effect: "mail-marked";
      readonly mail: string;
      readonly read: boolean;
      readonly flagged: boolean;
    }
  | {
      readonly effect: "chat-posted";
      readonly message: string;
      readonly channel: string;
      /** `#vans`, or the address of whom it is a talk with. */
      readonly name: string;
      /** Message that it answers; empty for none. */
      readonly thread: string;
      readonly text: string;
      /** Members of the channel; all of the company may read what is said in a company channel. */
      readonly recipients: readonly Address[];
      readonly attachments: readonly { readonly name: string; readonly source: string }[];
    }
  | {
      readonly effect: "chat-received";
      readonly message: string;
      readonly channel: string;
      readonly name: string;
      readonly from: Address;
      readonly text: string;
    }
  | {
      readonly effect: "file-written";
      readonly file: string;
      readonly path: string;
      readonly created: boolean;
      readonly text: string;
    }
  | {
      readonly effect: "file-deleted";
      readonly file: string;
      readonly path: string;
      readonly labels: readonly string[];
    }
  | {
      readonly effect: "file-shared";
      readonly file: string;
      readonly path: string;
      readonly with: string;
      readonly access: "read" | "write";
    }
  | {
      readonly effect: "file-unshared";
      readonly file: string;
      readonly path: string;
      readonly with: string;
    }
  | {
      readonly effect: "file-moved";
      readonly file: string;
      readonly from: string;
      readonly to: string;
    }
  | {
      readonly effect: "file-copied";
      /** The copy. */
      readonly file: string;
      readonly path: string;
      readonly source: string;
    }
  | {
      readonly effect: "note-written";
      readonly note: string;
      readonly title: string;
      readonly text: string;
      readonly created: boolean;
    }
  | {
      /** A colleague sent the agent's mail on to somebody. */
      readonly effect: "mail-forwarded";
      readonly mail: string;
      readonly from: Address;
      readonly to: Address;
      readonly subject: string;
      readonly text: string;
    }
  | {
      readonly effect: "invitation-received";
      readonly event: string;
      readonly title: string;
      readonly start: string;
      readonly end: string;
      readonly organizer: Address;
      readonly change: "new" | "changed" | "cancelled";
    }
  | {
      /** By the agent, or by somebody whom it invited. */
      readonly effect: "invitation-answered";
      readonly event: string;
      readonly title: string;
      readonly who: Address;
      readonly answer: "accepted" | "declined" | "tentative" | "needs-action";
      readonly note: string;
    }
  | {
      readonly effect: "event-created" | "event-updated" | "event-cancelled";
      readonly event: string;
      readonly title: string;
      readonly description: string;
      readonly location: string;
      readonly start: string;
      readonly end: string;
      readonly attendees: readonly Address[];
    };
