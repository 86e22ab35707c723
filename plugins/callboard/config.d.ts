export interface Config {
  callboard?: {
    pages?: {
      /**
       * Whether pages ask again by themselves, beside the portal's signals; true when omitted.
       * Off shows whether changes arrive by signals alone: for tests of the way to the browser.
       *
       * @visibility frontend
       */
      poll?: boolean;
    };
  };
}
