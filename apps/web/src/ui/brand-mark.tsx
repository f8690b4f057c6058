import classes from './brand-mark.module.css';

export function BrandMark({ size = 22 }: { size?: number }) {
  return (
    <svg className={classes.mark} width={size} height={size} viewBox="0 0 22 22" aria-hidden="true">
      <rect width="22" height="22" rx="5" />
      <path d="M5.5 5v12M16.5 5v12" strokeWidth="2" />
      <path d="m8.3 11.2 2 2 3.6-4.2" strokeWidth="1.8" />
    </svg>
  );
}
