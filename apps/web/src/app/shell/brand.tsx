import { Link } from '@tanstack/react-router';
import { BrandMark } from '../../ui/brand-mark.js';
import classes from './brand.module.css';

export function Brand() {
  return (
    <Link to="/" className={classes.brand} aria-label="Patchgate, overview" activeOptions={{ exact: true }}>
      <BrandMark />
      <span className={classes.word}>Patchgate</span>
    </Link>
  );
}
