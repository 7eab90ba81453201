/** An episode's worker may die this often of it before the episode is ended. */
export const LIVES = 2;

/**
 * As often may its worker be killed from outside, one time after the other, without its coming any
 * further. It may be an episode that takes all memory, for which the system kills.
 */
const MOST_KILLS = 8;

/** An episode whose worker died. */
export interface Suspect {
  /** Deaths that it is blamed for. */
  deaths: number;
  /** Kills from outside since it last came further. */
  kills: number;
  /** Length of its recording at the last of them. */
  bytes: number;
}

/**
 * Says whether an episode is to blame for its worker's death. A worker that crashes, or that is
 * killed because it no longer answers, died of one of its episodes; whoever kills workers from
 * outside, every second even, is no fault of any.
 *
 * @param bytes length of its recording; 0 if it has not begun
 */
export function blame(suspect: Suspect, fromOutside: boolean, bytes: number): void {
  const cameFurther = bytes === 0 || bytes !== suspect.bytes;
  suspect.bytes = bytes;
  suspect.kills = fromOutside && !cameFurther ? suspect.kills + 1 : 0;
  if (fromOutside && suspect.kills < MOST_KILLS) return;
  suspect.kills = 0;
  suspect.deaths++;
}
