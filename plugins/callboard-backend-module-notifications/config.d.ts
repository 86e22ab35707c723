export interface Config {
  callboard?: {
    notifications?: {
      /** Seconds that something must hold before owners hear that it began or ended: 0 to 3600; 60 when omitted. Shorter flaps are silent. */
      afterSeconds?: number;
      /** Notifications that one owner gets in an hour at most: 1 to 1000; 20 when omitted. What is left waits, the most severe first. */
      perHour?: number;
    };
  };
}
