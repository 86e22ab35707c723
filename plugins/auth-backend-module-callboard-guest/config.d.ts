export interface Config {
  auth?: {
    providers?: {
      guest?: {
        /**
         * The sign-in key. Anyone who sends it signs in as guest; without it nobody does.
         * @visibility secret
         */
        key?: string;
        /** Entity reference of the guest; `user:development/guest` when omitted. */
        userEntityRef?: string;
      };
    };
  };
}
