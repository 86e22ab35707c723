/** With what clusters pull the images that Callboard pushed. */
export interface PullCredentials {
  /** Host, port and the path in front of every repository, as images are named. */
  registry: string;
  username: string;
  password: string;
}
