/** Credentials with which clusters pull the images that Callboard pushed. */
export interface PullCredentials {
  /** Host, port and the path prefix of every repository, as in image names. */
  registry: string;
  username: string;
  password: string;
}
