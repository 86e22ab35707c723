/** A callboard with three names in three states. */
export function CallboardLogo(): JSX.Element {
  return (
    <svg viewBox="0 0 32 32" width="30" height="30" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#fff" fillOpacity="0.1" />
      <circle cx="9" cy="9" r="3" fill="#6fe39b" />
      <rect x="15" y="7.25" width="11" height="3.5" rx="1.75" fill="#fff" />
      <circle cx="9" cy="16" r="3" fill="#8cc1ff" />
      <rect x="15" y="14.25" width="8" height="3.5" rx="1.75" fill="#fff" />
      <circle
        cx="9"
        cy="23"
        r="2.25"
        fill="none"
        stroke="#fff"
        strokeWidth="1.5"
        strokeDasharray="2.2 1.3"
      />
      <rect x="15" y="21.25" width="10" height="3.5" rx="1.75" fill="#fff" />
    </svg>
  );
}
