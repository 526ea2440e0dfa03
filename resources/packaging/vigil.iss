; The installer for Windows, made by Inno Setup 6 from dist\vigil: for this user alone, so that
; nobody is asked for an administrator. From the project's folder, after `python dev.py package`:
;   iscc /DVersion=0.1.0 resources\packaging\vigil.iss

#ifndef Version
  #error Say which version this is: /DVersion=0.1.0
#endif

[Setup]
AppId={{2F1B1B0C-6A0B-4C49-9E1B-0D6C0C5B7A11}
AppName=Vigil
AppVersion={#Version}
AppPublisher=The Vigil authors
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
DefaultDirName={localappdata}\Programs\Vigil
DisableProgramGroupPage=yes
SourceDir=..\..
OutputDir=dist
OutputBaseFilename=vigil-{#Version}-windows-x64-setup
SetupIconFile=build\icons\vigil.ico
UninstallDisplayIcon={app}\vigil.exe
LicenseFile=LICENSE
Compression=lzma2
SolidCompression=yes
; A running Vigil is closed before its files are replaced, and started again after.
CloseApplications=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "ko"; MessagesFile: "compiler:Languages\Korean.isl"

[InstallDelete]
; What an older version had and this one has not.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "dist\vigil\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
; The id is the program's own (app/host/build.py): else a notification has no sender.
Name: "{userprograms}\Vigil"; Filename: "{app}\vigil.exe"; AppUserModelID: "io.github.vigil.Vigil"

[Registry]
; Where the program notes its name and icon for notifications: taken away with it.
Root: HKCU; Subkey: "Software\Classes\AppUserModelId\io.github.vigil.Vigil"; Flags: uninsdeletekey dontcreatekey

[Run]
Filename: "{app}\vigil.exe"; Flags: nowait postinstall skipifsilent; Description: "{cm:LaunchProgram,Vigil}"
