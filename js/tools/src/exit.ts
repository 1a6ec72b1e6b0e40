/** The exit codes of all commands. */
export const EXIT = {
  fine: 0,
  /** What was checked is bad: a verdict, a finding, an answer that is no 2xx. */
  bad: 1,
  usage: 2,
  /** No connection, or the port is taken. */
  unreachable: 3,
  interrupted: 130,
} as const;

export type Exit = (typeof EXIT)[keyof typeof EXIT];
