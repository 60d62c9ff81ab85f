/// How the pages look: no font, picture or script from anywhere.
enum SiteStyle {
  static let logo: HTML = """
    <svg viewBox="0 0 32 20" width="32" height="20" aria-hidden="true"><path d="M7 10h18" \
    stroke="currentColor" stroke-width="3"/><circle cx="5" cy="10" r="5" fill="currentColor"/>\
    <circle cx="27" cy="10" r="5" fill="currentColor"/><rect x="12" y="6" width="8" height="8" rx="2" \
    fill="var(--sun)"/></svg>
    """

  static let css: HTML = "\(colours)\(text)\(parts)\(wire)\(wide)"

  private static let colours: HTML = """
    :root{color-scheme:light dark;--bg:#f5f6f8;--card:#fff;--ink:#1a2230;--soft:#566173;--line:#dde2ea;
    --accent:#0f7072;--tint:#e3f2f1;--sun:#e89d2c;--good:#1c6b3c;--warn:#96480a;--code:#f0f2f6}
    @media (prefers-color-scheme:dark){:root{--bg:#0f141b;--card:#171e28;--ink:#e6ebf2;--soft:#9daabb;
    --line:#2b3543;--accent:#62cdc6;--tint:#14312f;--sun:#f0b455;--good:#7fd19b;--warn:#f2b07a;
    --code:#202936}}

    """

  private static let text: HTML = """
    *{box-sizing:border-box}
    body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.55 system-ui,sans-serif;
    -webkit-text-size-adjust:100%;overflow-wrap:break-word}
    h1{font-size:clamp(1.8rem,6vw,2.7rem);line-height:1.15;letter-spacing:-.02em;margin:.4rem 0 .6rem}
    h2{font-size:1.2rem;line-height:1.3;margin:0 0 .9rem}
    h3{font-size:1rem;margin:1rem 0 .25rem}
    p{margin:.5rem 0}
    a{color:var(--accent);text-underline-offset:.15em;overflow-wrap:anywhere}
    a:focus-visible,summary:focus-visible,pre:focus-visible{outline:3px solid var(--sun);outline-offset:2px}
    code,pre,.address,.port{font-family:ui-monospace,"Cascadia Mono","DejaVu Sans Mono",monospace}
    code{font-size:.875em;background:var(--code);border-radius:4px;padding:.1em .35em;overflow-wrap:anywhere;
    -webkit-box-decoration-break:clone;box-decoration-break:clone}
    pre{font-size:.82rem;line-height:1.5;background:var(--code);border-radius:8px;padding:.75rem .9rem;
    overflow-x:auto;margin:.6rem 0;white-space:pre-wrap;overflow-wrap:anywhere}
    pre code{background:none;padding:0;font-size:inherit}
    pre i{font-style:normal;color:var(--accent)}
    .small,.lesson{font-size:.875rem;color:var(--soft)}
    .lead{font-size:1.1rem;color:var(--soft);max-width:46rem}
    .sr{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden;white-space:nowrap}

    """

  private static let parts: HTML = """
    .top,main,footer{max-width:70rem;margin:0 auto;padding:0 1rem}
    .top{padding-top:2rem}
    .brand{display:flex;align-items:center;gap:.6rem;margin:0;font-weight:700;color:var(--accent)}
    .chips{list-style:none;display:flex;flex-wrap:wrap;gap:.5rem;padding:0;margin:1.2rem 0}
    .chips li{background:var(--tint);color:var(--accent);border-radius:99px;padding:.25rem .8rem;
    font-size:.9rem;font-weight:600;overflow-wrap:anywhere}
    main{display:grid;grid-template-columns:minmax(0,1fr);gap:1rem}
    section{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:1.25rem}
    .notice{display:block;max-width:40rem;padding:12vh 1.25rem 2rem}
    .lesson{border-top:1px solid var(--line);margin:1.1rem 0 0;padding-top:.8rem}
    .facts{margin:0}
    .facts dt{font-size:.8rem;font-weight:600;color:var(--soft);margin-top:.8rem}
    .facts dt:first-child{margin-top:0}
    .facts dd{margin:.1rem 0 0}
    .facts dd>code{font-weight:600}
    .facts dd p{margin:.25rem 0 0;font-size:.93rem}
    .parts{list-style:none;margin:.35rem 0 0;padding:0 0 0 .8rem;border-left:3px solid var(--tint);
    font-size:.93rem}
    .parts li{margin:.2rem 0}
    .steps{list-style:none;margin:0;padding:0}
    .steps li{position:relative;padding:0 0 .85rem 1.6rem;border-left:2px solid var(--line);margin-left:.4rem}
    .steps li:last-child{border-color:transparent;padding-bottom:.2rem}
    .steps li::before{content:"";position:absolute;left:-.46rem;top:.4rem;width:.8rem;height:.8rem;
    border-radius:50%;background:var(--card);border:3px solid var(--accent)}
    .steps .server::before{border-color:var(--sun)}
    .steps .both::before{border-color:var(--soft)}
    .steps p{margin:.1rem 0 0;font-size:.93rem}
    .dir{font-size:.8rem;color:var(--soft);white-space:nowrap}
    .seen,.unseen{border-radius:10px;padding:.3rem 1rem .6rem;border:1px solid var(--line)}
    .seen h3{color:var(--warn)}
    .unseen h3{color:var(--good)}
    .columns{display:grid;grid-template-columns:minmax(0,1fr);gap:1rem}
    .columns ul{margin:.3rem 0;padding-left:1.2rem}
    .fold{border-top:1px solid var(--line);padding:.55rem 0;margin:0}
    .fold span{color:var(--soft);font-size:.875rem}
    .fold.none{padding-left:1.15rem}
    summary{cursor:pointer}
    .fold ol{columns:19rem;margin:.5rem 0;padding-left:2.2rem;font-size:.93rem}
    .fold li{break-inside:avoid;padding:.15rem 0}
    .chosen b{color:var(--good);font-size:.8rem}
    .tries{padding-left:1.3rem;margin:0}
    .tries h3{margin-top:0}
    .tries pre{white-space:pre}
    .tries li{margin-bottom:1.1rem;padding-left:.2rem}
    .tries li::marker{font-weight:700;color:var(--accent)}
    .lessons{padding-left:1.2rem}
    .lessons li{margin:.3rem 0}
    footer{padding-top:1rem;padding-bottom:2.5rem;color:var(--soft);font-size:.875rem}

    """

  private static let wire: HTML = """
    .wire{display:grid;gap:0;justify-items:center;text-align:center;margin-bottom:1rem}
    .end{width:100%;background:var(--tint);border-radius:12px;padding:.9rem 1rem}
    .end h3{margin:0;color:var(--accent)}
    .end p{margin:.1rem 0}
    .address{color:var(--soft);overflow-wrap:anywhere}
    .port{font-size:2.2rem;line-height:1.1;font-weight:700}
    .chose{font-size:.875rem;color:var(--soft)}
    .pipe{position:relative;width:14px;height:4.5rem;
    background:linear-gradient(90deg,var(--accent) 0 3px,transparent 3px 11px,var(--accent) 11px)}
    .pipe span{position:absolute;top:50%;left:50%;transform:translate(-50%,-50%);
    background:var(--sun);color:#221503;border-radius:99px;padding:.2rem .75rem;
    font-size:.85rem;
    font-weight:700;white-space:nowrap}

    """

  private static let wide: HTML = """
    @media (min-width:34rem){
    .facts{display:grid;grid-template-columns:8.5rem minmax(0,1fr);gap:.8rem 1rem}
    .facts dt,.facts dd{margin:0}
    .facts dt{padding-top:.15rem;font-size:.875rem}
    }
    @media (min-width:46rem){
    .wire{grid-template-columns:minmax(0,1fr) minmax(9rem,14rem) minmax(0,1fr);align-items:center}
    .pipe{width:100%;height:14px;
    background:linear-gradient(var(--accent) 0 3px,transparent 3px 11px,var(--accent) 11px)}
    .columns{grid-template-columns:repeat(2,minmax(0,1fr))}
    }
    @media (min-width:60rem){
    main:not(.notice){grid-template-columns:repeat(2,minmax(0,1fr))}
    .wide{grid-column:1/-1}
    section{padding:1.6rem}
    .tries{columns:2;column-gap:2.5rem}
    .tries li{break-inside:avoid}
    }
    """
}
